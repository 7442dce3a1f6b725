// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.Readback;
import io.convoy.backend.Resources;
import io.convoy.backend.VariableTable;
import io.convoy.backend.Variables;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.Transfer;
import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Variables on a GPU, each in memory of its own, in {@link Order#ofVariable}, and beside those that
 * programs read in 16 bits a copy.
 */
final class CudaVariables implements Variables {
  private final VariableTable<CudaVariable> table = new VariableTable<>();
  private final Resources resources = new Resources();
  private final Gpu gpu;
  private final Runnable onClose;

  /**
   * Makes an empty store.
   *
   * @param onClose run once when it is closed
   */
  CudaVariables(Gpu gpu, Runnable onClose) {
    this.gpu = gpu;
    this.onClose = onClose;
  }

  @Override
  public void declare(String name, TensorSpec spec) {
    table.requireFree(name);
    Buffer buffer = allocate(spec, "variable '" + name + "' " + spec);
    table.add(name, spec, new CudaVariable(new Operand(spec, buffer, Order.ofVariable(spec))));
  }

  private Buffer allocate(TensorSpec spec, String what) {
    long address = resources.own(gpu.allocate(spec.bytes(), what), gpu::free);
    return Buffer.at(address, spec.bytes());
  }

  @Override
  public boolean contains(String name) {
    return table.contains(name);
  }

  @Override
  public void write(String name, ByteBuffer value) {
    CudaVariable changed = table.find(name, value);
    changed.change();
    Operand variable = changed.operand();
    if (variable.liesIn(Order.ROW_MAJOR)) {
      gpu.write(variable.buffer().address(), value);
    } else {
      new FilterTransfer(gpu, variable).write(value);
    }
  }

  @Override
  public void read(String name, ByteBuffer into) {
    Operand variable = table.find(name, into).operand();
    if (variable.liesIn(Order.ROW_MAJOR)) {
      gpu.read(variable.buffer().address(), into);
    } else {
      new FilterTransfer(gpu, variable).read(into);
    }
  }

  @Override
  public Readback readback(String name, int bytes) {
    Operand variable = table.find(name, bytes).operand();
    if (!variable.liesIn(Order.ROW_MAJOR)) {
      return Variables.super.readback(name, bytes);
    }
    ByteBuffer host = resources.own(gpu.allocateHost(bytes), gpu::freeHost);
    List<Transfer> down = List.of(new Transfer(host, variable.buffer()));
    return new CudaReadback(
        host, resources.own(gpu.pipeline(List.of(), List.of(), down), Pipeline::close));
  }

  /** The variable of a program's slot. */
  CudaVariable find(String name, TensorSpec spec) {
    return table.find(name, spec);
  }

  /** A variable's copy in 16 bits, which is allocated at the first call. */
  HalfCopy copy(String name, TensorSpec spec, DType type) {
    CudaVariable variable = find(name, spec);
    TensorSpec half = new TensorSpec(type, spec.shape());
    return variable.copy(
        type,
        () -> {
          Buffer buffer = allocate(half, "copy of variable '" + name + "' " + half);
          return new Operand(half, buffer, variable.operand().order());
        });
  }

  void requireOpen() {
    table.requireOpen();
  }

  @Override
  public void close() {
    if (table.close()) {
      resources.close();
      onClose.run();
    }
  }
}
