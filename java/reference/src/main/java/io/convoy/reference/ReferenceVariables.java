// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.backend.Variables;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Variables that stay in double between steps and are rounded only when read. */
final class ReferenceVariables implements Variables {
  private final Map<String, DoubleTensor> tensors = new HashMap<>();
  private boolean closed;

  @Override
  public void declare(String name, TensorSpec spec) {
    requireOpen();
    double[] values = new double[Math.toIntExact(spec.shape().elements())];
    if (tensors.putIfAbsent(name, new DoubleTensor(spec, values)) != null) {
      throw new IllegalArgumentException("variable '" + name + "' is declared already");
    }
  }

  @Override
  public boolean contains(String name) {
    requireOpen();
    return tensors.containsKey(name);
  }

  @Override
  public void write(String name, ByteBuffer value) {
    DoubleTensor variable = sized(name, value);
    HostBuffers.load(variable.spec().dtype(), value, variable.values());
  }

  @Override
  public void read(String name, ByteBuffer into) {
    DoubleTensor variable = sized(name, into);
    HostBuffers.store(variable.spec().dtype(), variable.values(), into);
  }

  /** The variable's memory for an executable. */
  double[] values(String name, TensorSpec spec) {
    DoubleTensor variable = find(name);
    if (!variable.spec().equals(spec)) {
      throw new IllegalArgumentException(
          "variable '" + name + "' is " + variable.spec() + ", the program wants " + spec);
    }
    return variable.values();
  }

  private DoubleTensor sized(String name, ByteBuffer buffer) {
    DoubleTensor variable = find(name);
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

  private DoubleTensor find(String name) {
    requireOpen();
    DoubleTensor variable = tensors.get(name);
    if (variable == null) {
      throw new IllegalArgumentException(
          "variable '" + name + "' is not declared; there are " + tensors.keySet());
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
    closed = true;
    tensors.clear();
  }
}
