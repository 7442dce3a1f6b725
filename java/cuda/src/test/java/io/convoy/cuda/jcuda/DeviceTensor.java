// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Gpu;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** A tensor on a device, and what was written to it. */
final class DeviceTensor {
  private final Gpu gpu;
  private final DType type;
  private final double[] values;
  private final Buffer buffer;

  DeviceTensor(Gpu gpu, Resources owner, DType type, int... dims) {
    this.gpu = gpu;
    this.type = type;
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    values = new double[size];
    long bytes = (long) size * type.bytes();
    buffer = Buffer.at(owner.own(gpu.allocate(bytes, "test"), gpu::free), bytes);
  }

  DType type() {
    return type;
  }

  double[] values() {
    return values;
  }

  Buffer buffer() {
    return buffer;
  }

  /** Whole numbers of few bits, which all types hold. */
  DeviceTensor fill(Random random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(7) - 3;
    }
    write();
    return this;
  }

  void write() {
    ByteBuffer host = host();
    for (double value : values) {
      if (type.isHalf()) {
        host.putShort(HalfFloat.bits(type, value));
      } else {
        host.putFloat((float) value);
      }
    }
    gpu.write(buffer.address(), host.flip());
  }

  double[] read() {
    ByteBuffer host = host();
    gpu.read(buffer.address(), host);
    double[] read = new double[values.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = type.isHalf() ? HalfFloat.value(type, host.getShort()) : host.getFloat();
    }
    return read;
  }

  private ByteBuffer host() {
    return ByteBuffer.allocate((int) buffer.bytes()).order(ByteOrder.nativeOrder());
  }
}
