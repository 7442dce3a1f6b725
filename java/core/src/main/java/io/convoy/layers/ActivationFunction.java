// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Activation;
import java.util.Locale;

/**
 * The activation of a layer, by Keras' name.
 *
 * @param name Keras' name in lower case, or {@code radial_basis}
 * @param alpha first parameter, 0 where there is none
 * @param beta second parameter, 0 where there is none
 */
public record ActivationFunction(String name, float alpha, float beta) {
  /** No activation. */
  public static final ActivationFunction LINEAR = named("linear");

  /** max(x, 0). */
  public static final ActivationFunction RELU = named("relu");

  /** min(max(x, 0), 6). */
  public static final ActivationFunction RELU6 = named("relu6");

  /** 1 / (1 + e^-x). */
  public static final ActivationFunction SIGMOID = named("sigmoid");

  /** Hyperbolic tangent. */
  public static final ActivationFunction TANH = named("tanh");

  /** x Phi(x), by erf. */
  public static final ActivationFunction GELU = named("gelu");

  /** x sigmoid(x). */
  public static final ActivationFunction SILU = named("silu");

  /** x if positive, else e^x - 1. */
  public static final ActivationFunction ELU = elu(1);

  /** Softmax over the innermost axis. */
  public static final ActivationFunction SOFTMAX = named("softmax");

  /** Logarithm of softmax over the innermost axis. */
  public static final ActivationFunction LOG_SOFTMAX = named("log_softmax");

  private static ActivationFunction named(String name) {
    return new ActivationFunction(name, 0, 0);
  }

  /**
   * x if positive, else alpha x.
   *
   * @param alpha slope of the negative side; Keras' default is 0.3
   * @return the activation
   */
  public static ActivationFunction leakyRelu(double alpha) {
    return new ActivationFunction("leaky_relu", (float) alpha, 0);
  }

  /**
   * x if positive, else alpha (e^x - 1).
   *
   * @param alpha depth of the negative side; Keras' default is 1
   * @return the activation
   */
  public static ActivationFunction elu(double alpha) {
    return new ActivationFunction("elu", (float) alpha, 0);
  }

  /**
   * The workshop's radial basis function exp(-(e |x - c|)^2).
   *
   * @param e sharpness
   * @param c centre
   * @return the activation
   */
  public static ActivationFunction radialBasis(double e, double c) {
    return new ActivationFunction("radial_basis", (float) e, (float) c);
  }

  /**
   * Adds the activation to a graph.
   *
   * @param x any shape
   * @return x's shape; x itself for {@link #LINEAR}
   * @throws IllegalArgumentException if the name is none that is known
   */
  public Value apply(Value x) {
    switch (name) {
      case "linear":
        return x;
      case "softmax":
        return Nn.softmax(x);
      case "log_softmax":
        return Nn.logSoftmax(x);
      default:
        return Nn.activate(x, new Activation(kind(), alpha, beta));
    }
  }

  private Activation.Kind kind() {
    for (Activation.Kind kind : Activation.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name) && kind != Activation.Kind.LINEAR) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "activation '"
            + name
            + "' is unknown; there are linear, relu, relu6, leaky_relu, elu,"
            + " sigmoid, tanh, gelu, silu, radial_basis, softmax, log_softmax, exp, log, sqrt,"
            + " square, abs");
  }

  void write(Config config) {
    config.put("activation", name).put("activation_alpha", alpha).put("activation_beta", beta);
  }

  static ActivationFunction read(Config config) {
    return new ActivationFunction(
        config.text("activation"),
        config.number("activation_alpha"),
        config.number("activation_beta"));
  }
}
