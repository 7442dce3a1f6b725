// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Variables;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables outside the heap, each in memory of its own, row-major. */
final class CpuVariables implements Variables {
  private final Map<String, CpuVariable> variables = new LinkedHashMap<>();
  private final Resources resources = new Resources();
  private final Runnable onClose;
  private boolean closed;

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
    requireOpen();
    if (variables.containsKey(name)) {
      throw new IllegalArgumentException("variable '" + name + "' is declared already");
    }
    long bytes = spec.bytes();
    long address = Arena.allocate(resources, bytes, "variable '" + name + "' " + spec);
    variables.put(name, new CpuVariable(spec, Buffer.at(address, bytes)));
  }

  @Override
  public boolean contains(String name) {
    requireOpen();
    return variables.containsKey(name);
  }

  @Override
  public void write(String name, ByteBuffer value) {
    CpuVariable variable = sized(name, value);
    variable.memory().bytes().put(0, value, value.position(), value.remaining());
    variable.changed();
  }

  @Override
  public void read(String name, ByteBuffer into) {
    CpuVariable variable = sized(name, into);
    into.put(into.position(), variable.memory().bytes(), 0, into.remaining());
  }

  /** The variable of a program's slot. */
  CpuVariable find(String name, TensorSpec spec) {
    CpuVariable variable = find(name);
    if (!variable.spec().equals(spec)) {
      throw new IllegalArgumentException(
          "variable '" + name + "' is " + variable.spec() + ", the program wants " + spec);
    }
    return variable;
  }

  private CpuVariable sized(String name, ByteBuffer buffer) {
    CpuVariable variable = find(name);
    if (buffer.remaining() != variable.spec().bytes()) {
      throw new IllegalArgumentException(
          "variable '"
              + name
              + "' "
              + variable.spec()
              + " has "
              + variable.spec().bytes()
              + " bytes, the buffer "
              + buffer.remaining());
    }
    return variable;
  }

  private CpuVariable find(String name) {
    requireOpen();
    CpuVariable variable = variables.get(name);
    if (variable == null) {
      throw new IllegalArgumentException(
          "variable '" + name + "' is not declared; there are " + variables.keySet());
    }
    return variable;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the variables are closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      resources.close();
      onClose.run();
    }
  }
}
