// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import java.nio.file.Path;
import jcuda.jcudnn.JCudnn;
import org.bytedeco.javacpp.BytePointer;

/** CUDA's own libraries, loaded without a driver. */
final class RealLibraries {
  private RealLibraries() {}

  static void load() {
    LibrarySearch search = LibrarySearch.ofMachine();
    JCudaCode code = new JCudaCode();
    for (Library library : new Library[] {Library.CUBLAS, Library.NVRTC, Library.CUDNN}) {
      Path file = search.find(library).orElseThrow();
      LibrarySearch.parts(library, file).forEach(code::load);
      code.load(file);
    }
    JCudnn.setExceptionsEnabled(false);
  }

  /** What the driver allocates where there is one. */
  static AddressedMemory memory(Resources owner) {
    BytePointer made = owner.own(new BytePointer(AddressedMemory.BYTES), BytePointer::close);
    return new AddressedMemory(DevicePointer.to(made.address()), made.asByteBuffer());
  }
}
