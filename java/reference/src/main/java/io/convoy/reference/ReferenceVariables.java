// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.backend.VariableTable;
import io.convoy.backend.Variables;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;

/** Variables that stay in double between steps and are rounded only when read. */
final class ReferenceVariables implements Variables {
  private final VariableTable<DoubleTensor> table = new VariableTable<>();

  @Override
  public void declare(String name, TensorSpec spec) {
    double[] values = new double[Math.toIntExact(spec.shape().elements())];
    table.add(name, spec, new DoubleTensor(spec, values));
  }

  @Override
  public boolean contains(String name) {
    return table.contains(name);
  }

  @Override
  public void write(String name, ByteBuffer value) {
    DoubleTensor variable = table.find(name, value);
    HostBuffers.load(variable.spec().dtype(), value, variable.values());
  }

  @Override
  public void read(String name, ByteBuffer into) {
    DoubleTensor variable = table.find(name, into);
    HostBuffers.store(variable.spec().dtype(), variable.values(), into);
  }

  /** The variable's memory for an executable. */
  double[] values(String name, TensorSpec spec) {
    return table.find(name, spec).values();
  }

  void requireOpen() {
    table.requireOpen();
  }

  @Override
  public void close() {
    table.close();
  }
}
