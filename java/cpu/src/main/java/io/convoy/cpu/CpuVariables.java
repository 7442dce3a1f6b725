// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Resources;
import io.convoy.backend.VariableTable;
import io.convoy.backend.Variables;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;

/** Variables outside the heap, each in memory of its own, row-major. */
final class CpuVariables implements Variables {
  private final VariableTable<CpuVariable> table = new VariableTable<>();
  private final Resources resources = new Resources();
  private final Runnable onClose;

  /**
   * Makes an empty store.
   *
   * @param onClose run once when it is closed
   */
  CpuVariables(Runnable onClose) {
    this.onClose = onClose;
  }

  @Override
  public void declare(String name, TensorSpec spec) {
    table.requireFree(name);
    long bytes = spec.bytes();
    long address = Arena.allocate(resources, bytes, "variable '" + name + "' " + spec);
    table.add(name, spec, new CpuVariable(Buffer.at(address, bytes)));
  }

  @Override
  public boolean contains(String name) {
    return table.contains(name);
  }

  @Override
  public void write(String name, ByteBuffer value) {
    CpuVariable variable = table.find(name, value);
    variable.memory().bytes().put(0, value, value.position(), value.remaining());
    variable.changed();
  }

  @Override
  public void read(String name, ByteBuffer into) {
    CpuVariable variable = table.find(name, into);
    into.put(into.position(), variable.memory().bytes(), 0, into.remaining());
  }

  /** The variable of a program's slot. */
  CpuVariable find(String name, TensorSpec spec) {
    return table.find(name, spec);
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
