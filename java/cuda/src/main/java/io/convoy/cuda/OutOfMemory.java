// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.BackendException;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Gpu;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells what needs the memory that a GPU does not have. */
final class OutOfMemory {
  private static final int SHOWN = 10;

  private OutOfMemory() {}

  /**
   * Makes the message.
   *
   * @param batch what the program is fed or gathers at a time, 0 if nothing
   */
  static BackendException of(Plan plan, Gpu gpu, int batch) {
    long free = gpu.freeBytes();
    StringBuilder text = new StringBuilder("the plan needs ").append(plan.bytes());
    text.append(" bytes, and the GPU has ").append(free).append(" free. ");
    if (batch > 1) {
      // Nearly all of a plan grows with the batch.
      text.append("Instead of a batch of ").append(batch).append(", one of about ");
      text.append((long) ((double) batch * free / plan.bytes())).append(" would fit. ");
    }
    text.append("What instructions make, the largest first:");
    bytesByName(plan).entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(e -> text.append("\n  ").append(e.getValue()).append(" B  ").append(e.getKey()));
    return new BackendException(text.toString());
  }

  /** What each instruction uses first. */
  private static Map<String, Long> bytesByName(Plan plan) {
    Set<Buffer> counted = new HashSet<>();
    Map<String, Long> bytes = new LinkedHashMap<>();
    plan.steps()
        .forEach(
            step -> {
              List<Buffer> fresh =
                  step.buffers().stream().filter(b -> b.isPlanned() && counted.add(b)).toList();
              fresh.forEach(b -> bytes.merge(step.name(), b.bytes(), Long::sum));
            });
    return bytes;
  }
}
