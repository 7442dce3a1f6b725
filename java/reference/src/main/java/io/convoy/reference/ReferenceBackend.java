// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Executable;
import io.convoy.backend.Variables;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.ops.Op;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/** The interpreter as a backend. */
final class ReferenceBackend implements Backend {
  private boolean closed;

  @Override
  public DeviceInfo device() {
    return ReferenceProvider.DEVICE;
  }

  @Override
  public Optional<String> refuses(Op op, List<TensorSpec> inputs) {
    return Evaluators.has(op.getClass())
        ? Optional.empty()
        : Optional.of("the reference has no code for it");
  }

  /** TF32 lets products be less exact, which the reference makes no use of. */
  @Override
  public Optional<String> refuses(Precision precision) {
    return Optional.empty();
  }

  @Override
  public Variables variables() {
    requireOpen();
    return new ReferenceVariables();
  }

  @Override
  public Executable prepare(Program program, Variables variables) {
    requireOpen();
    if (!(variables instanceof ReferenceVariables)) {
      throw new BackendException(
          "the reference can't use variables of another backend; make them by its variables()");
    }
    return new ReferenceExecutable(program, (ReferenceVariables) variables);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
