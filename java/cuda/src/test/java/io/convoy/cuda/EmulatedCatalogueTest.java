// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.backend.Availability;
import io.convoy.compile.Precision;
import io.convoy.tensor.DType;
import io.convoy.testkit.CatalogueTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The op-case catalogue: our kernels on the emulator, what the libraries do in plain loops. */
class EmulatedCatalogueTest {
  @TestFactory
  Stream<DynamicTest> values() {
    return CatalogueTests.values(provider());
  }

  @TestFactory
  Stream<DynamicTest> valuesInBfloat16() {
    return CatalogueTests.values(provider(), DType.BFLOAT16);
  }

  @TestFactory
  Stream<DynamicTest> valuesInFloat16() {
    return CatalogueTests.values(provider(), DType.FLOAT16);
  }

  @TestFactory
  Stream<DynamicTest> netsInBf16() {
    return CatalogueTests.nets(provider(), Precision.BF16);
  }

  @TestFactory
  Stream<DynamicTest> netsInFp16() {
    return CatalogueTests.nets(provider(), Precision.FP16);
  }

  private static EmulatedProvider provider() {
    EmulatedProvider provider = new EmulatedProvider();
    assumeTrue(
        provider.probe() instanceof Availability.Available,
        "the emulator was not built: cmake -S . -B target/cmake && cmake --build target/cmake");
    return provider;
  }
}
