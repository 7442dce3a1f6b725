// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.testkit.CatalogueTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The op-case catalogue on a GPU. */
@Tag("gpu")
class GpuCatalogueTest {
  @TestFactory
  Stream<DynamicTest> values() {
    return CatalogueTests.values(new CudaProvider());
  }
}
