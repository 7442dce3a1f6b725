// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import jcuda.jcudnn.cudnnHandle;

/** A handle of cuDNN as its graph API takes it: as an attribute, by its address. */
final class CudnnHandle extends cudnnHandle {
  long address() {
    return getNativePointer();
  }
}
