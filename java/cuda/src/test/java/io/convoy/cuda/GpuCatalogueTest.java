// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.compile.Precision;
import io.convoy.tensor.DType;
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

  @TestFactory
  Stream<DynamicTest> valuesIn16Bits() {
    return Stream.of(DType.BFLOAT16, DType.FLOAT16)
        .flatMap(type -> CatalogueTests.values(new CudaProvider(), type));
  }

  @TestFactory
  Stream<DynamicTest> netsIn16Bits() {
    return Stream.of(Precision.BF16, Precision.FP16)
        .flatMap(precision -> CatalogueTests.nets(new CudaProvider(), precision));
  }
}
