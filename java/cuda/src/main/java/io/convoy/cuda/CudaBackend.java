// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.Children;
import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Executable;
import io.convoy.backend.Variables;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.cuda.device.Gpu;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.Op;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open GPU. */
final class CudaBackend implements Backend {
  private final Gpu gpu;
  private final Children children = new Children();

  CudaBackend(Gpu gpu) {
    this.gpu = gpu;
  }

  @Override
  public DeviceInfo device() {
    return gpu.info().device();
  }

  @Override
  public Optional<String> refuses(Precision precision) {
    return gpu.info().refuses(precision);
  }

  @Override
  public Optional<String> refuses(Op op, List<TensorSpec> inputs) {
    if (Lowerings.of(op) == null) {
      return Optional.of("the CUDA backend has no code for it");
    }
    if (op instanceof FusedAssign && !Updates.addsUp(inputs)) {
      return Optional.of("a block adds up " + Updates.MOST_SUMMED + " numbers at most");
    }
    List<TensorSpec> all = new ArrayList<>(inputs);
    all.addAll(op.infer(inputs));
    for (TensorSpec spec : all) {
      // cuDNN and cuBLAS count in 32 bits.
      if (spec.shape().elements() > Integer.MAX_VALUE) {
        return Optional.of("a tensor " + spec + " exceeds 2^31-1 elements; a smaller batch fits");
      }
      if (spec.bytes() == 0 && !spec.equals(TensorSpec.TOKEN)) {
        return Optional.of("the CUDA backend takes no empty tensors, such as " + spec);
      }
    }
    return Optional.empty();
  }

  @Override
  public Variables variables() {
    children.requireOpen();
    children.opened();
    return new CudaVariables(gpu, children::gone);
  }

  @Override
  public Executable prepare(Program program, Variables variables) {
    children.requireOpen();
    if (!(variables instanceof CudaVariables)) {
      throw new BackendException(
          "the CUDA backend can't use variables of another backend; make them by its variables()");
    }
    Executable made = new CudaExecutable(program, (CudaVariables) variables, gpu, children::gone);
    children.opened();
    return made;
  }

  /** Half of what is free: the rest is for plans. */
  @Override
  public long dataBytes() {
    children.requireOpen();
    return gpu.freeBytes() / 2;
  }

  @Override
  public void close() {
    if (children.close()) {
      gpu.close();
    }
  }
}
