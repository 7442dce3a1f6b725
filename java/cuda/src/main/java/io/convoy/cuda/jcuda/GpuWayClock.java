// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuMemsetD8Async;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tries calls on a GPU.
 *
 * @param gpu where
 * @param workspace the component
 * @param bytes of workspace
 */
record GpuWayClock(JCudaGpu gpu, long workspace, long bytes) implements WayClock {
  /** The best of so many counts: what is slower is the clock's or another process' doing. */
  private static final int ROUNDS = 5;

  /**
   * Times that the workspace is cleared first. Meanwhile the host gets ahead: else the time of a
   * small convolution is that of its launch, which a replayed graph does not have. Where memory is
   * too short for it, as on a stand-in for a GPU, times are rougher.
   */
  private static final int HEAD_START = 16;

  private static final long ENOUGH = 256L << 20; // takes a GPU a tenth of a millisecond

  @Override
  public void tryOut(Runnable call) {
    call.run();
    gpu.await();
  }

  @Override
  public long[] time(List<Runnable> calls) {
    List<Launch> launches = new ArrayList<>();
    launches.add(launch(this::holdUp));
    for (int round = 0; round < ROUNDS; round++) {
      calls.forEach(call -> launches.add(launch(call)));
    }
    long[] nanos = LaunchClock.time(launches.toArray(Launch[]::new), gpu);
    return best(Arrays.copyOfRange(nanos, 1, nanos.length), calls.size());
  }

  private void holdUp() {
    for (int i = 0; i < HEAD_START && bytes >= ENOUGH; i++) {
      CudaStatus.check(
          cuMemsetD8Async(DevicePointer.to(workspace), (byte) 0, bytes, gpu.compute()),
          "cuMemsetD8Async",
          "trials of convolutions");
    }
  }

  /** The least time of each of some calls that were made in turns. */
  static long[] best(long[] nanos, int calls) {
    long[] best = Arrays.copyOf(nanos, calls);
    for (int i = calls; i < nanos.length; i++) {
      best[i % calls] = Math.min(best[i % calls], nanos[i]);
    }
    return best;
  }

  private static Launch launch(Runnable call) {
    return new Launch() {
      @Override
      public void run() {
        call.run();
      }

      @Override
      public String subject() {
        return "a trial";
      }
    };
  }
}
