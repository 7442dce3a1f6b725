// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.compile.Precision;
import io.convoy.tensor.DType;
import io.convoy.testkit.CatalogueTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The op-case catalogue on a GPU; what each precision adds, on the stand-ins for CUDA too. */
@Tag("gpu")
class GpuCatalogueTest {
  @TestFactory
  @Tag("standin")
  Stream<DynamicTest> values() {
    return CatalogueTests.values(new CudaProvider());
  }

  @TestFactory
  Stream<DynamicTest> valuesInBfloat16() {
    return CatalogueTests.values(new CudaProvider(), DType.BFLOAT16);
  }

  @TestFactory
  Stream<DynamicTest> valuesInFloat16() {
    return CatalogueTests.values(new CudaProvider(), DType.FLOAT16);
  }

  @TestFactory
  @Tag("standin")
  Stream<DynamicTest> netsInBf16() {
    return CatalogueTests.nets(new CudaProvider(), Precision.BF16);
  }

  @TestFactory
  @Tag("standin")
  Stream<DynamicTest> netsInFp16() {
    return CatalogueTests.nets(new CudaProvider(), Precision.FP16);
  }
}
