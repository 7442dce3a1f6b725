// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

/**
 * A function of one number, applied to each element.
 *
 * @param kind which function
 * @param alpha first parameter, 0 where the kind has none
 * @param beta second parameter, 0 where the kind has none
 */
public record Activation(Kind kind, float alpha, float beta) {
  /** The functions, and what their derivative is computed from. */
  public enum Kind {
    /** max(x, 0); derivative 0 at 0. NaN stays NaN. */
    RELU(Uses.OUTPUT),
    /** min(max(x, 0), 6); derivative 0 at 0 and at 6. NaN stays NaN. */
    RELU6(Uses.OUTPUT),
    /** x if x &gt; 0, else alpha x, with alpha &gt;= 0 (Maas, Hannun, Ng 2013). */
    LEAKY_RELU(Uses.OUTPUT),
    /** x if x &gt; 0, else alpha (e^x - 1), with alpha &gt;= 0 (arXiv 1511.07289). */
    ELU(Uses.OUTPUT),
    /** 1 / (1 + e^-x). */
    SIGMOID(Uses.OUTPUT),
    /** Hyperbolic tangent. */
    TANH(Uses.OUTPUT),
    /** x Phi(x) with the normal distribution's Phi, by erf, not approximated (arXiv 1606.08415). */
    GELU(Uses.INPUT),
    /** x sigmoid(x) (arXiv 1702.03118). */
    SILU(Uses.INPUT),
    /** The workshop's radial basis function exp(-(alpha |x - beta|)^2). */
    RADIAL_BASIS(Uses.INPUT),
    /** alpha x + beta. */
    LINEAR(Uses.NOTHING),
    /** e^x. */
    EXP(Uses.OUTPUT),
    /** Natural logarithm. */
    LOG(Uses.INPUT),
    /** Square root. */
    SQRT(Uses.OUTPUT),
    /** x^2. */
    SQUARE(Uses.INPUT),
    /** |x|; derivative 0 at 0. */
    ABS(Uses.INPUT);

    private final Uses uses;

    Kind(Uses uses) {
      this.uses = uses;
    }

    /**
     * Tells what the derivative is computed from.
     *
     * @return input, output or neither
     */
    public Uses derivativeUses() {
      return uses;
    }
  }

  /** What a derivative is computed from. */
  public enum Uses {
    /** The function's argument. */
    INPUT,
    /** The function's value, so that the argument need not be kept. */
    OUTPUT,
    /** Neither: the derivative is constant. */
    NOTHING
  }

  /** max(x, 0). */
  public static final Activation RELU = of(Kind.RELU);

  /** min(max(x, 0), 6). */
  public static final Activation RELU6 = of(Kind.RELU6);

  /** 1 / (1 + e^-x). */
  public static final Activation SIGMOID = of(Kind.SIGMOID);

  /** Hyperbolic tangent. */
  public static final Activation TANH = of(Kind.TANH);

  /** x Phi(x), by erf. */
  public static final Activation GELU = of(Kind.GELU);

  /** x sigmoid(x). */
  public static final Activation SILU = of(Kind.SILU);

  /**
   * Checks that the derivative can be told from the output where it must be.
   *
   * @param kind the component
   * @param alpha the component
   * @param beta the component
   */
  public Activation {
    if (kind == Kind.LEAKY_RELU || kind == Kind.ELU) {
      Checks.check(alpha >= 0, kind + " wants alpha >= 0, got " + alpha);
    }
  }

  /**
   * A function without parameters.
   *
   * @param kind which function
   * @return the activation
   */
  public static Activation of(Kind kind) {
    return new Activation(kind, 0, 0);
  }

  /**
   * x if positive, else alpha x.
   *
   * @param alpha slope of the negative side, at least 0; Keras' default is 0.3
   * @return the activation
   */
  public static Activation leakyRelu(float alpha) {
    return new Activation(Kind.LEAKY_RELU, alpha, 0);
  }

  /**
   * x if positive, else alpha (e^x - 1).
   *
   * @param alpha depth of the negative side, at least 0; Keras' default is 1
   * @return the activation
   */
  public static Activation elu(float alpha) {
    return new Activation(Kind.ELU, alpha, 0);
  }

  /**
   * The workshop's radial basis function exp(-(e |x - c|)^2).
   *
   * @param e sharpness
   * @param c centre
   * @return the activation
   */
  public static Activation radialBasis(float e, float c) {
    return new Activation(Kind.RADIAL_BASIS, e, c);
  }

  /**
   * a x + b.
   *
   * @param a factor
   * @param b summand
   * @return the activation
   */
  public static Activation linear(float a, float b) {
    return new Activation(Kind.LINEAR, a, b);
  }

  @Override
  public String toString() {
    switch (kind) {
      case LEAKY_RELU:
      case ELU:
        return kind + "(" + alpha + ")";
      case RADIAL_BASIS:
      case LINEAR:
        return kind + "(" + alpha + "," + beta + ")";
      default:
        return kind.name();
    }
  }
}
