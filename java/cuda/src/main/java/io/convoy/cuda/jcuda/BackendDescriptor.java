// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcudnn.JCudnn.cudnnBackendFinalize;
import static jcuda.jcudnn.JCudnn.cudnnBackendGetAttribute;
import static jcuda.jcudnn.JCudnn.cudnnBackendSetAttribute;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_BACKEND_DESCRIPTOR;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_BOOLEAN;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_DOUBLE;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_FLOAT;
import static jcuda.jcudnn.cudnnBackendAttributeType.CUDNN_TYPE_INT64;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import jcuda.Pointer;
import jcuda.jcudnn.cudnnBackendAttributeName;
import jcuda.jcudnn.cudnnBackendDescriptor;

/**
 * A descriptor of cuDNN's graph API, which is all attributes: they are set, it is finished, and
 * others refer to it. Made and owned through {@link BackendDescriptors}.
 */
final class BackendDescriptor extends cudnnBackendDescriptor {
  private final AddressedMemory memory;
  private final String subject;

  BackendDescriptor(AddressedMemory memory, String subject) {
    this.memory = memory;
    this.subject = subject;
  }

  private long address() {
    return getNativePointer();
  }

  /** Sets numbers. */
  BackendDescriptor set(int attribute, long... values) {
    return setWide(attribute, CUDNN_TYPE_INT64, values);
  }

  /** Sets a factor. */
  BackendDescriptor setFactor(int attribute, float value) {
    memory.values().putFloat(0, value);
    return send(attribute, CUDNN_TYPE_FLOAT, 1);
  }

  /** Sets a number with a fraction. */
  BackendDescriptor setDouble(int attribute, double value) {
    memory.values().putDouble(0, value);
    return send(attribute, CUDNN_TYPE_DOUBLE, 1);
  }

  /** Sets a truth value. */
  BackendDescriptor setFlag(int attribute, boolean value) {
    memory.values().put(0, (byte) (value ? 1 : 0));
    return send(attribute, CUDNN_TYPE_BOOLEAN, 1);
  }

  /** Sets references to other descriptors. */
  BackendDescriptor set(int attribute, List<BackendDescriptor> others) {
    long[] addresses = others.stream().mapToLong(BackendDescriptor::address).toArray();
    return setWide(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, addresses);
  }

  /** Sets a reference to another descriptor. */
  BackendDescriptor set(int attribute, BackendDescriptor other) {
    return set(attribute, List.of(other));
  }

  /** Sets the constant of an enumeration, whose type is told. */
  BackendDescriptor setConstant(int attribute, int type, int value) {
    memory.values().putInt(0, value);
    return send(attribute, type, 1);
  }

  /** Sets values of 8 bytes, such as addresses. */
  BackendDescriptor setWide(int attribute, int type, long... values) {
    memory.values().asLongBuffer().put(values);
    return send(attribute, type, values.length);
  }

  private BackendDescriptor send(int attribute, int type, int count) {
    int status = cudnnBackendSetAttribute(this, attribute, type, count, memory.pointer());
    check(status, "cudnnBackendSetAttribute of " + name(attribute));
    return this;
  }

  /** Makes it unchangeable and ready for use, if cuDNN takes it. */
  BackendDescriptor finish() {
    check(cudnnBackendFinalize(this), "cudnnBackendFinalize");
    return this;
  }

  /** Reads a number. */
  long number(int attribute) {
    return numbers(attribute, 1).get(0);
  }

  /** Reads numbers, as many as there are up to a number. */
  List<Long> numbers(int attribute, int most) {
    int count = get(attribute, CUDNN_TYPE_INT64, most, memory.pointer());
    ByteBuffer values = memory.values();
    return IntStream.range(0, count).mapToObj(i -> values.getLong(i * Long.BYTES)).toList();
  }

  /** Reads constants of an enumeration, as many as there are up to a number. */
  List<Integer> constants(int attribute, int type, int most) {
    int count = get(attribute, type, most, memory.pointer());
    ByteBuffer values = memory.values();
    return IntStream.range(0, count).mapToObj(i -> values.getInt(i * Integer.BYTES)).toList();
  }

  /** Counts the descriptors that it holds. */
  int count(int attribute) {
    return get(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, 0, null);
  }

  /**
   * Reads descriptors.
   *
   * @param into made, of the right type, and not finished; cuDNN fills them
   * @return those that were filled
   */
  List<BackendDescriptor> fill(int attribute, List<BackendDescriptor> into) {
    long[] addresses = into.stream().mapToLong(BackendDescriptor::address).toArray();
    memory.values().asLongBuffer().put(addresses);
    int there = get(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, into.size(), memory.pointer());
    return into.subList(0, there);
  }

  /** Reads; returns how many there are, at most as many as are asked for unless that is 0. */
  private int get(int attribute, int type, int most, Pointer into) {
    long[] count = new long[1];
    int status = cudnnBackendGetAttribute(this, attribute, type, most, count, into);
    check(status, "cudnnBackendGetAttribute of " + name(attribute));
    return (int) (most == 0 ? count[0] : Math.min(count[0], most));
  }

  private static String name(int attribute) {
    return cudnnBackendAttributeName.stringFor(attribute);
  }

  private void check(int status, String call) {
    CudnnStatus.check(status, call, subject);
  }
}
