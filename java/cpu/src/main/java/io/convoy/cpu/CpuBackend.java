// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.Children;
import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Executable;
import io.convoy.backend.Resources;
import io.convoy.backend.Variables;
import io.convoy.compile.Program;
import io.convoy.ops.Op;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** oneDNN's CPU engine and the threads of our own loops. */
final class CpuBackend implements Backend {
  private final DeviceInfo device;
  private final Resources resources = new Resources();
  private final Engine engine;
  private final Workers workers;
  private final Children children = new Children();

  CpuBackend(DeviceInfo device) {
    this.device = device;
    this.engine = Engine.create(resources);
    this.workers = resources.own(new Workers(OpenMp.threads()), Workers::close);
  }

  @Override
  public DeviceInfo device() {
    return device;
  }

  @Override
  public Optional<String> refuses(Op op, List<TensorSpec> inputs) {
    if (Lowerings.of(op) == null) {
      return Optional.of("the CPU backend has no code for it");
    }
    List<TensorSpec> all = new ArrayList<>(inputs);
    all.addAll(op.infer(inputs));
    for (TensorSpec spec : all) {
      if (spec.bytes() > Integer.MAX_VALUE) {
        return Optional.of("a tensor " + spec + " exceeds 2^31-1 bytes; a smaller batch fits");
      }
      if (spec.bytes() == 0 && !spec.equals(TensorSpec.TOKEN)) {
        return Optional.of("the CPU backend takes no empty tensors, such as " + spec);
      }
    }
    return Optional.empty();
  }

  @Override
  public Variables variables() {
    children.requireOpen();
    children.opened();
    return new CpuVariables(children::gone);
  }

  @Override
  public Executable prepare(Program program, Variables variables) {
    children.requireOpen();
    if (!(variables instanceof CpuVariables)) {
      throw new BackendException(
          "the CPU backend can't use variables of another backend; make them by its variables()");
    }
    Executable made =
        new CpuExecutable(program, (CpuVariables) variables, engine, workers, children::gone);
    children.opened();
    return made;
  }

  @Override
  public void close() {
    if (children.close()) {
      resources.close();
    }
  }
}
