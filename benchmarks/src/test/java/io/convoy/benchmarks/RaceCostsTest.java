// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.benchmarks.process.StepProfile;
import io.convoy.benchmarks.report.Ceiling;
import io.convoy.benchmarks.report.Origin;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A step of 2 ms, of which 1.5 ms are the GPU's, that moves 2 GB for 1 GB and takes 0.4 TFLOP. */
class RaceCostsTest {
  private static final String H100 = "NVIDIA H100 80GB HBM3, 79.1 GiB, compute capability 9.0";
  private static final int BATCH = 512;
  private static final double IMAGES_PER_SECOND = 500 * BATCH;
  private static final Origin ORIGIN =
      new Origin("abc123def456", false, "2025-01-02T03:04:05Z", "JDK 17", "cpu-2c", "CPU", 2);

  private static Map<String, Row> rows(String device) {
    StepProfile profile =
        new StepProfile(
            171,
            2_000_000_000,
            1_000_000_000,
            400_000_000_000L,
            1.5e6,
            List.of(new StepProfile.Kind("update_adam_bf16", 0.6e6)));
    Entrant.Score score =
        new Entrant.Score(
            "convoy", device, "resnet18", "train", "", BATCH, 1, new double[0], profile);
    Race race =
        Race.byId("resnet18-32-bf16");
    return new RaceCosts(race, score, IMAGES_PER_SECOND, ORIGIN)
        .rows().stream()
            .collect(
                Collectors.toMap(
                    r -> r.id().replaceFirst("race/resnet18-32-bf16/train/", "") + name(r),
                    r -> r));
  }

  private static String name(Row row) {
    return row.parameters().containsKey("step") ? " " + row.parameters().get("step") : "";
  }

  @Test
  void countsAreSetBesideTimesAndPeaks() {
    Map<String, Row> rows = rows(H100);
    assertEquals(75, rows.get("busy").median(), 1e-9);
    assertEquals(171, rows.get("launches").median());
    assertShare(rows.get("moved"), 2e9, Ceiling.LEAST, 0.5);
    assertShare(rows.get("bandwidth"), 1000, Ceiling.PEAK, 1000 / 3350.0);
    assertShare(rows.get("arithmetic"), 200_000, Ceiling.PEAK, 200 / 989.5);
    assertEquals("3350 GB/s", rows.get("bandwidth").parameters().get("peak"));
    assertEquals(1.5, rows.get("cost all steps").median(), 1e-9);
    assertEquals(0.6, rows.get("cost update_adam_bf16").median(), 1e-9);
  }

  private static void assertShare(Row row, double median, Ceiling ceiling, double share) {
    assertEquals(median, row.median(), 1e-6 * median);
    assertEquals(ceiling, row.ceiling());
    assertEquals(share, row.share(), 1e-9);
  }

  @Test
  void anUnknownGpuHasNoShareOfAPeak() {
    Map<String, Row> rows = rows("NVIDIA H100 NVL, 93.1 GiB");
    for (String what : List.of("bandwidth", "arithmetic")) {
      assertEquals(Ceiling.NONE, rows.get(what).ceiling());
      assertEquals("unknown", rows.get(what).parameters().get("peak"));
    }
  }

  @Test
  void theTableShowsThem() {
    String text = Table.of(List.copyOf(rows(H100).values())).text();
    assertTrue(text.contains("50.0 % least"), text);
    assertTrue(text.contains("20.2 % peak"), text);
  }
}
