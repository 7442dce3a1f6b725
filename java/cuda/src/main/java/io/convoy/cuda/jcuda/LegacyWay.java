// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import jcuda.Pointer;

/**
 * An algorithm of cuDNN's legacy API.
 *
 * @param pass whose it is
 * @param algorithm its number
 * @param workspace bytes that it needs
 */
record LegacyWay(ConvolutionPass pass, int algorithm, long workspace) implements Way {
  @Override
  public ConvolutionChoice choice() {
    return new ConvolutionChoice.Algorithm(algorithm);
  }

  @Override
  public String name() {
    return "legacy " + pass.name(algorithm);
  }

  @Override
  public Runnable on(long address) {
    Pointer memory = address == 0 ? null : DevicePointer.to(address);
    return () -> pass.run(algorithm, memory, workspace);
  }

  /** Owns nothing. */
  @Override
  public void close() {}
}
