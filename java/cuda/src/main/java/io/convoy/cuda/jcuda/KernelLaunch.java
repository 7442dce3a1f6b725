// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuLaunchKernel;

import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUstream;

/** A launch of a kernel of ours. */
final class KernelLaunch implements Launch {
  /** Every argument takes a place of its own, as wide as the widest. */
  private static final int SLOT = Long.BYTES;

  private final String subject;
  private final Grid grid;
  private final int block;
  private final CUfunction function;
  private final Pointer arguments;
  private final CUstream stream;

  KernelLaunch(KernelStep step, JCudaGpu gpu) {
    subject = step.describe();
    grid = step.grid();
    block = step.block();
    function = gpu.kernels().function(step.kernel(), subject);
    arguments = addresses(pack(step.arguments()), step.arguments().size());
    stream = gpu.compute();
  }

  /** The arguments' values, outside the heap. */
  static ByteBuffer pack(List<Argument> arguments) {
    ByteBuffer values =
        ByteBuffer.allocateDirect(arguments.size() * SLOT).order(ByteOrder.nativeOrder());
    for (int i = 0; i < arguments.size(); i++) {
      put(arguments.get(i), values, i * SLOT);
    }
    return values;
  }

  private static void put(Argument argument, ByteBuffer values, int at) {
    if (argument instanceof Argument.Address a) {
      values.putLong(at, a.buffer().address() + a.offset());
    } else if (argument instanceof Argument.Long l) {
      values.putLong(at, l.value());
    } else if (argument instanceof Argument.Int i) {
      values.putInt(at, i.value());
    } else if (argument instanceof Argument.Float f) {
      values.putFloat(at, f.value());
    } // a null address is the zero that is there
  }

  private static Pointer addresses(ByteBuffer values, int count) {
    Pointer first = Pointer.to(values);
    Pointer[] addresses = new Pointer[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = first.withByteOffset((long) i * SLOT);
    }
    return Pointer.to(addresses);
  }

  @Override
  public void run() {
    int status =
        cuLaunchKernel(
            function, grid.x(), grid.y(), grid.z(), block, 1, 1, 0, stream, arguments, null);
    CudaStatus.check(status, "cuLaunchKernel", subject);
  }

  @Override
  public String subject() {
    return subject;
  }
}
