// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.CopyStep;
import io.convoy.cuda.device.GemmStep;
import io.convoy.cuda.device.KernelStep;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.PoolingStep;
import io.convoy.cuda.device.Step;
import io.convoy.cuda.device.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jcuda.driver.CUevent;

/**
 * Steps as launches. The first run makes every call by itself, so that libraries set up what they
 * need; the second records the calls; all others replay them as one.
 */
final class JCudaPipeline implements Pipeline {
  private final JCudaGpu gpu;
  private final Resources resources = new Resources();
  private final boolean replays = Settings.graphs();
  private final Workspace workspace = new Workspace();
  private final int steps;
  private final Launch[] launches; // the steps, then the outputs
  private final Uploads uploads;
  private final Optional<CUevent> downloaded; // behind the outputs, if there are any
  private boolean hasRun;
  private ReplayedGraph graph;
  private boolean closed;

  JCudaPipeline(JCudaGpu gpu, List<Step> steps, List<Transfer> inputs, List<Transfer> outputs) {
    this.gpu = gpu;
    this.steps = steps.size();
    try {
      launches = new Launch[steps.size() + outputs.size()];
      try (AlgorithmChooser chooser = new AlgorithmChooser(gpu)) {
        for (int i = 0; i < steps.size(); i++) {
          launches[i] = launch(steps.get(i), chooser);
        }
      }
      for (int i = 0; i < outputs.size(); i++) {
        launches[steps.size() + i] = new DownloadLaunch(i, outputs.get(i), gpu);
      }
      workspace.allocate(gpu, resources);
      uploads = new Uploads(inputs, gpu, resources);
      downloaded =
          outputs.isEmpty() ? Optional.empty() : Optional.of(Handles.event("outputs", resources));
    } catch (RuntimeException e) {
      throw Failure.after(e, resources);
    }
  }

  private Launch launch(Step step, AlgorithmChooser chooser) {
    if (step instanceof KernelStep kernel) {
      return new KernelLaunch(kernel, gpu);
    }
    if (step instanceof ConvolutionStep convolution) {
      return new ConvolutionLaunch(convolution, chooser, workspace, resources);
    }
    if (step instanceof PoolingStep pooling) {
      return new PoolingLaunch(pooling, gpu, resources);
    }
    if (step instanceof GemmStep gemm) {
      return new GemmLaunch(gemm, gpu);
    }
    return new CopyLaunch((CopyStep) step, gpu);
  }

  @Override
  public void run() {
    enter();
    uploads.start();
    if (replays && hasRun) {
      replay();
    } else {
      for (Launch launch : launches) {
        launch.run();
      }
    }
    hasRun = true;
    if (downloaded.isPresent()) {
      check(cuEventRecord(downloaded.get(), gpu.compute()), "cuEventRecord");
    }
    uploads.await();
  }

  @Override
  public long[] profile() {
    enter();
    uploads.start();
    long[] nanos = LaunchClock.time(launches, gpu);
    hasRun = true;
    uploads.await();
    return Arrays.copyOf(nanos, steps);
  }

  private void replay() {
    if (graph == null) {
      graph = ReplayedGraph.capture(launches, gpu.compute(), resources);
    }
    graph.launch();
  }

  @Override
  public void await() {
    enter();
    if (downloaded.isPresent()) {
      check(cuEventSynchronize(downloaded.get()), "cuEventSynchronize");
    } else {
      gpu.await();
    }
  }

  private static void check(int status, String call) {
    CudaStatus.check(status, call, "outputs");
  }

  private void enter() {
    if (closed) {
      throw new IllegalStateException("the pipeline is closed");
    }
    gpu.enter();
  }

  @Override
  public String choice(int step) {
    return launches[step].choice();
  }

  @Override
  public long workspaceBytes() {
    return workspace.bytes();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    try (resources) {
      enter();
      gpu.await();
    } finally {
      closed = true;
    }
  }
}
