// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.testkit.CatalogueTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The op-case catalogue on the CPU. */
class CatalogueTest {
  @TestFactory
  Stream<DynamicTest> values() {
    return CatalogueTests.values(new CpuProvider());
  }
}
