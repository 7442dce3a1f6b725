// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.CopyStep;
import io.convoy.cuda.device.GemmStep;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.PoolingStep;
import io.convoy.cuda.device.Step;
import io.convoy.cuda.device.Transfer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Steps one after the other: kernels by the emulator, what is the libraries' in plain loops. */
final class EmulatedPipeline implements Pipeline {
  private final Emulator emulator;
  private final List<Step> steps;
  private final List<Transfer> inputs;
  private final List<Transfer> outputs;
  private final Consumer<Pipeline> onClose;

  EmulatedPipeline(
      Emulator emulator,
      List<Step> steps,
      List<Transfer> inputs,
      List<Transfer> outputs,
      Consumer<Pipeline> onClose) {
    this.emulator = emulator;
    this.steps = List.copyOf(steps);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.onClose = onClose;
  }

  @Override
  public void run() {
    inputs.forEach(up -> emulator.write(up.device().address(), whole(up)));
    steps.forEach(this::run);
    outputs.forEach(down -> emulator.read(down.device().address(), whole(down)));
  }

  @Override
  public long[] profile() {
    inputs.forEach(up -> emulator.write(up.device().address(), whole(up)));
    long[] nanos = new long[steps.size()];
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      run(steps.get(i));
      nanos[i] = System.nanoTime() - begin;
    }
    outputs.forEach(down -> emulator.read(down.device().address(), whole(down)));
    return nanos;
  }

  private static ByteBuffer whole(Transfer transfer) {
    ByteBuffer host = transfer.host().duplicate().clear();
    if (host.remaining() != transfer.device().bytes()) {
      throw new IllegalArgumentException(
          "a transfer between "
              + host.remaining()
              + " and "
              + transfer.device().bytes()
              + " bytes");
    }
    return host;
  }

  private void run(Step step) {
    try {
      if (step instanceof KernelStep s) {
        EmulatedKernel.run(s, emulator);
      } else if (step instanceof ConvolutionStep s) {
        EmulatedConvolution.run(s, emulator);
      } else if (step instanceof PoolingStep s) {
        EmulatedPooling.run(s, emulator);
      } else if (step instanceof GemmStep s) {
        EmulatedGemm.run(s, emulator);
      } else if (step instanceof CopyStep s) {
        EmulatedCopy.run(s, emulator);
      }
    } catch (RuntimeException e) {
      throw new IllegalStateException(step.describe() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void await() {}

  @Override
  public String choice(int step) {
    return "";
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
