// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnBackendCreateDescriptor;
import static jcuda.jcudnn.JCudnn.cudnnBackendDestroyDescriptor;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_HANDLE;

import io.convoy.backend.Resources;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes descriptors of cuDNN's graph API, each with its owner.
 *
 * @param handle what is run with; without one cuDNN describes and compiles all the same
 * @param memory what their attributes go through
 * @param subject the step that they are for
 * @param owner destroys them
 */
record BackendDescriptors(
    Optional<CudnnHandle> handle, AddressedMemory memory, String subject, Resources owner) {
  /** The same for another owner. */
  BackendDescriptors ownedBy(Resources another) {
    return new BackendDescriptors(handle, memory, subject, another);
  }

  /** A descriptor without attributes, of a type of {@code cudnnBackendDescriptorType}. */
  BackendDescriptor make(int type) {
    BackendDescriptor made = new BackendDescriptor(memory, subject);
    CudnnStatus.check(
        cudnnBackendCreateDescriptor(type, made), "cudnnBackendCreateDescriptor", subject);
    return owner.own(
        made,
        d ->
            CudnnStatus.check(
                cudnnBackendDestroyDescriptor(d), "cudnnBackendDestroyDescriptor", subject));
  }

  /** The same with the handle, if there is one, as an attribute. */
  BackendDescriptor makeWithHandle(int type, int attribute) {
    BackendDescriptor made = make(type);
    handle.ifPresent(h -> made.setWide(attribute, CUDNN_TYPE_HANDLE, h.address()));
    return made;
  }

  /** Several without attributes. */
  List<BackendDescriptor> make(int type, int count) {
    return Stream.generate(() -> make(type)).limit(count).toList();
  }
}
