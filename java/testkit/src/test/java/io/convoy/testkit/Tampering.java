// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.backend.Backend;
import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Executable;
import io.convoy.backend.StepTime;
import io.convoy.backend.Variables;
import io.convoy.compile.Program;
import io.convoy.ops.Op;
import io.convoy.reference.ReferenceProvider;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The reference with a fault that shows after a run. */
final class Tampering implements Backend {
  /** What goes wrong. */
  interface Fault {
    /**
     * Spoils something.
     *
     * @param run number of the run, from 0
     */
    void spoil(int run, Program program, Executable executable, Variables variables);
  }

  private final Backend honest = new ReferenceProvider().open(0);
  private final Fault fault;

  Tampering(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Executable prepare(Program program, Variables variables) {
    Executable executable = honest.prepare(program, variables);
    return new Executable() {
      private int runs;

      @Override
      public void run() {
        executable.run();
        fault.spoil(runs++, program, executable, variables);
      }

      @Override
      public ByteBuffer input(int slot) {
        return executable.input(slot);
      }

      @Override
      public ByteBuffer output(int fetch) {
        return executable.output(fetch);
      }

      @Override
      public long plannedBytes() {
        return executable.plannedBytes();
      }

      @Override
      public List<StepTime> profile() {
        return executable.profile();
      }

      @Override
      public String dump() {
        return executable.dump();
      }

      @Override
      public void close() {
        executable.close();
      }
    };
  }

  @Override
  public DeviceInfo device() {
    return honest.device();
  }

  @Override
  public Variables variables() {
    return honest.variables();
  }

  @Override
  public Optional<String> refuses(Op op, List<TensorSpec> inputs) {
    return honest.refuses(op, inputs);
  }

  @Override
  public void close() {
    honest.close();
  }
}
