// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamIsCapturing;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstreamCaptureStatus;

/** Launches recorded once, and then started by one call. */
final class ReplayedGraph {
  private static final String SUBJECT = "the CUDA graph";

  private final CUgraphExec executable;
  private final CUstream stream;

  private ReplayedGraph(CUgraphExec executable, CUstream stream) {
    this.executable = executable;
    this.stream = stream;
  }

  /**
   * Records launches without running them. They have run before: what libraries set up at their
   * first call can't be recorded.
   *
   * @param launches put themselves on the stream
   * @param owner destroys the graph
   * @throws BackendException naming the step that can't be recorded
   */
  static ReplayedGraph capture(Launch[] launches, CUstream stream, Resources owner) {
    // Other threads, such as those that load data, may go on calling the driver.
    check(
        cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
        "cuStreamBeginCapture");
    CUgraph graph = new CUgraph();
    try {
      record(launches, stream);
    } catch (BackendException e) {
      if (cuStreamEndCapture(stream, graph) == CUresult.CUDA_SUCCESS) {
        cuGraphDestroy(graph);
      }
      throw e;
    }
    check(cuStreamEndCapture(stream, graph), "cuStreamEndCapture");
    CUgraphExec executable = new CUgraphExec();
    try {
      check(cuGraphInstantiate(executable, graph, 0), "cuGraphInstantiate");
    } finally {
      cuGraphDestroy(graph);
    }
    owner.own(executable, e -> check(cuGraphExecDestroy(e), "cuGraphExecDestroy"));
    return new ReplayedGraph(executable, stream);
  }

  private static void record(Launch[] launches, CUstream stream) {
    int[] status = new int[1];
    for (Launch launch : launches) {
      try {
        launch.run();
      } catch (BackendException e) {
        throw refusal(e.getMessage());
      }
      // Some calls spoil the recording and report success.
      check(cuStreamIsCapturing(stream, status), "cuStreamIsCapturing");
      if (status[0] != CUstreamCaptureStatus.CU_STREAM_CAPTURE_STATUS_ACTIVE) {
        throw refusal(launch.subject() + ": it ended the recording");
      }
    }
  }

  private static BackendException refusal(String reason) {
    return new BackendException(
        "a step can't be recorded in a CUDA graph: "
            + reason
            + "\n  -D"
            + Settings.GRAPHS
            + "=false runs without graphs");
  }

  /** Puts all launches on the stream. Allocates nothing on the heap. */
  void launch() {
    check(cuGraphLaunch(executable, stream), "cuGraphLaunch");
  }

  private static void check(int status, String call) {
    CudaStatus.check(status, call, SUBJECT);
  }
}
