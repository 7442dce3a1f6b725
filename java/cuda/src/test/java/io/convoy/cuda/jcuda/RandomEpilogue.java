// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.ops.Activation;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What may follow a convolution: a bias, each function that cuDNN has, or both. */
final class RandomEpilogue {
  private static final List<Activation> FUNCTIONS =
      List.of(
          Activation.RELU,
          Activation.RELU6,
          Activation.leakyRelu(0.25f),
          Activation.elu(0.5f),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.GELU,
          Activation.of(Activation.Kind.SILU));

  private static final KernelStep KERNEL =
      new KernelStep("next", "next", Grid.of(1), 1, List.of(), List.of());

  private RandomEpilogue() {}

  /** Statistics, without memory that could be written. */
  static Epilogue statistics() {
    return new Epilogue.Statistics(Buffer.at(0x5000, 1), Buffer.at(0x6000, 1), KERNEL, KERNEL);
  }

  /** A bias, a function or both, without memory that could be written. */
  static Epilogue next(Random random) {
    Optional<Buffer> bias = Optional.of(Buffer.at(0x5000, 1)).filter(b -> random.nextInt(4) > 0);
    Optional<Activation> f =
        Optional.of(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())))
            .filter(a -> bias.isEmpty() || random.nextInt(8) > 0);
    return new Epilogue.BiasActivation(bias, f, KERNEL);
  }
}
