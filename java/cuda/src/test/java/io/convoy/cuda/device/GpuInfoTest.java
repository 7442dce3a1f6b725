// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.DeviceInfo;
import io.convoy.compile.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which generation has tensor cores for what. */
class GpuInfoTest {
  @ParameterizedTest
  @CsvSource({
    "61, fp32",
    "70, fp32 fp16",
    "75, fp32 fp16",
    "80, fp32 tf32 bf16 fp16",
    "90, fp32 tf32 bf16 fp16"
  })
  void precisions(int capability, String expected) {
    assertEquals(expected, GpuInfo.precisions(capability));
    GpuInfo gpu = new GpuInfo(new DeviceInfo("cuda:0", "a GPU"), 1, capability);
    for (Precision precision : Precision.values()) {
      boolean has = expected.contains(precision.label());
      assertEquals(has, gpu.refuses(precision).isEmpty(), precision.label());
    }
  }

  @ParameterizedTest
  @CsvSource({"75, Use fp16 or fp32", "61, Use fp32"})
  void whatIsLackingIsToldWithWhatWouldHelp(int capability, String cure) {
    GpuInfo gpu = new GpuInfo(new DeviceInfo("cuda:0", "a GPU"), 1, capability);
    String why = gpu.refuses(Precision.BF16).orElseThrow();
    assertTrue(why.contains("compute capability 8.0, this GPU has"), why);
    assertTrue(why.endsWith(cure), why);
  }
}
