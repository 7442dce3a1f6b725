// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.ops.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows a convolution and may be computed in the same launch, before the result reaches
 * memory: where a library does both at once. Elsewhere a kernel of ours does it behind the
 * convolution.
 */
public sealed interface Epilogue {
  /**
   * Returns the kernel for it.
   *
   * @return to be launched behind a convolution that does nothing else
   */
  KernelStep kernel();

  /**
   * Returns what is left to do where a library does its part.
   *
   * @return a kernel that is launched behind the library's
   */
  default Optional<KernelStep> rest() {
    return Optional.empty();
  }

  /**
   * Writes it for people.
   *
   * @return to stand behind what the convolution is
   */
  String label();

  /**
   * Returns what it reads and writes.
   *
   * @return what the kernel does, and any other memory that it takes to do it in the same launch
   */
  default List<Access> accesses() {
    return kernel().accesses();
  }

  /**
   * y = f(y + bias).
   *
   * @param bias {@code [K]} of FLOAT32, if any
   * @param activation f, if any
   * @param kernel the same, in place
   */
  record BiasActivation(Optional<Buffer> bias, Optional<Activation> activation, KernelStep kernel)
      implements Epilogue {
    @Override
    public String label() {
      return bias.map(b -> " + bias").orElse("") + activation.map(f -> " + " + f).orElse("");
    }
  }

  /**
   * Mean and variance of each channel of y.
   *
   * @param sum {@code [K]} of FLOAT32, written where the convolution makes it: of y over all pixels
   * @param squares {@code [K]} of FLOAT32, likewise: of the squares of y
   * @param moments makes mean and variance of these two
   * @param kernel makes mean and variance of y
   */
  record Statistics(Buffer sum, Buffer squares, KernelStep moments, KernelStep kernel)
      implements Epilogue {
    @Override
    public String label() {
      return " + statistics";
    }

    @Override
    public Optional<KernelStep> rest() {
      return Optional.of(moments);
    }

    /** The sums count for nothing: where they are made, y is not read for the statistics. */
    @Override
    public List<Access> accesses() {
      List<Access> accesses = new ArrayList<>(kernel.accesses());
      accesses.add(new Access(sum, 0, 0));
      accesses.add(new Access(squares, 0, 0));
      return accesses;
    }
  }
}
