// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

/** One of the ways to compute a pass of a convolution on its buffers. */
interface Way extends AutoCloseable {
  /** All that it takes to have it again. */
  ConvolutionChoice choice();

  /** Its name for people: which API, and what of it. */
  String name();

  /** Bytes of workspace that it needs. */
  long workspace();

  /**
   * Makes the call ready.
   *
   * @param workspace device address of memory for it; 0 if it needs none
   * @return puts the pass on the stream; allocates nothing
   */
  Runnable on(long workspace);

  /** Frees what it owns; the call can't be made any more. */
  @Override
  void close();
}
