// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.backend.Availability;
import io.convoy.testkit.CatalogueTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The op-case catalogue: our kernels on the emulator, what the libraries do in plain loops. */
class EmulatedCatalogueTest {
  @TestFactory
  Stream<DynamicTest> values() {
    EmulatedProvider provider = new EmulatedProvider();
    assumeTrue(
        provider.probe() instanceof Availability.Available,
        "the emulator was not built: cmake -S . -B target/cmake && cmake --build target/cmake");
    return CatalogueTests.values(provider);
  }
}
