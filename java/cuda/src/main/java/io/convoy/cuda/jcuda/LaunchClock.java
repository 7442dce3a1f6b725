// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuEventElapsedTime;
import static jcuda.driver.JCudaDriver.cuEventRecord;

import io.convoy.backend.Resources;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUevent;
import jcuda.driver.CUstream;

/**
 * Times launches by the GPU's own clock: an event behind each, and no launch waits for the host. An
 * event itself takes a microsecond or two, and the clock ticks every half microsecond.
 */
final class LaunchClock {
  private static final String SUBJECT = "profile";
  private static final float NANOS_A_MILLISECOND = 1e6f;

  private LaunchClock() {}

  /**
   * Runs launches once.
   *
   * @return nanoseconds of each
   */
  static long[] time(Launch[] launches, JCudaGpu gpu) {
    try (Resources resources = new Resources()) {
      List<CUevent> marks = new ArrayList<>();
      for (int i = 0; i <= launches.length; i++) {
        marks.add(Handles.clock(SUBJECT, resources));
      }
      record(marks.get(0), gpu.compute());
      for (int i = 0; i < launches.length; i++) {
        launches[i].run();
        record(marks.get(i + 1), gpu.compute());
      }
      gpu.await();
      long[] nanos = new long[launches.length];
      for (int i = 0; i < launches.length; i++) {
        nanos[i] = between(marks.get(i), marks.get(i + 1));
      }
      return nanos;
    }
  }

  private static void record(CUevent mark, CUstream stream) {
    CudaStatus.check(cuEventRecord(mark, stream), "cuEventRecord", SUBJECT);
  }

  private static long between(CUevent from, CUevent to) {
    float[] milliseconds = new float[1];
    CudaStatus.check(cuEventElapsedTime(milliseconds, from, to), "cuEventElapsedTime", SUBJECT);
    return (long) (milliseconds[0] * NANOS_A_MILLISECOND);
  }
}
