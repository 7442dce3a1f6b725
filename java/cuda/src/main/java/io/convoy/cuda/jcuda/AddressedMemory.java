// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuMemAllocHost;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;

import io.convoy.backend.Resources;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;

/**
 * A page of host memory whose address JCuda knows. The attributes of cuDNN's backend descriptors go
 * through one: JCudnn passes on the number in a pointer and so takes neither arrays nor buffers.
 */
final class AddressedMemory {
  static final int BYTES = 4096;

  private final Pointer pointer;
  private final ByteBuffer values;

  /**
   * Takes memory that is there.
   *
   * @param pointer its address
   * @param values the same memory, {@link #BYTES} of it
   */
  AddressedMemory(Pointer pointer, ByteBuffer values) {
    this.pointer = pointer;
    this.values = values.order(ByteOrder.nativeOrder());
  }

  /** Allocates it through the driver, the one allocation of JCuda's that tells the address. */
  static AddressedMemory pinned(String id, Resources owner) {
    Pointer made = new Pointer();
    CudaStatus.check(cuMemAllocHost(made, BYTES), "cuMemAllocHost", id);
    owner.own(made, p -> CudaStatus.check(cuMemFreeHost(p), "cuMemFreeHost", id));
    return new AddressedMemory(made, made.getByteBuffer(0, BYTES));
  }

  Pointer pointer() {
    return pointer;
  }

  ByteBuffer values() {
    return values;
  }
}
