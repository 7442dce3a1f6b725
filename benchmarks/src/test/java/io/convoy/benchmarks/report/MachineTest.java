// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of machines have names without hosts. */
class MachineTest {
  @ParameterizedTest
  @CsvSource({
    "AMD EPYC, fpu avx2 avx512f fma, amd-epyc-avx512-2c",
    "AMD EPYC 7B13 64-Core Processor, fpu avx2, amd-epyc-7b13-avx2-2c",
    "Intel(R) Xeon(R) CPU @ 2.20GHz, fpu avx avx2, intel-xeon-avx2-2c",
    "Neoverse-N1, asimd, neoverse-n1-2c",
  })
  void namesSayProcessorVectorsAndCores(String model, String flags, String name) {
    String cpuInfo = "processor\t: 0\nmodel name\t: " + model + "\nflags\t\t: " + flags + "\n";
    assertEquals(new Machine(model, name), Machine.of(cpuInfo, 2));
  }

  @Test
  void aProcessorWithoutNameIsUnknown() {
    assertEquals("unknown-4c", Machine.of("processor : 0\n", 4).name());
  }
}
