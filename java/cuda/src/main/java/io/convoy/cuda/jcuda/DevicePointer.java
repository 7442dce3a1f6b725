// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import jcuda.driver.CUdeviceptr;

/**
 * A device address for JCuda, which makes none of a number: here it is the offset from a null
 * pointer, which its natives add whenever they read one.
 */
final class DevicePointer extends CUdeviceptr {
  /** Makes a null pointer, to be set by the driver. */
  DevicePointer() {}

  private DevicePointer(long address) {
    super(new CUdeviceptr(), address);
  }

  static DevicePointer to(long address) {
    return new DevicePointer(address);
  }

  long address() {
    return getNativePointer() + getByteOffset();
  }
}
