// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.reference.ReferenceProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The catalogue against the reference itself: that every case builds and runs, and that every
 * gradient rule agrees with finite differences.
 */
class OpCatalogueTest {
  @TestFactory
  Stream<DynamicTest> values() {
    return CatalogueTests.values(new ReferenceProvider());
  }

  @TestFactory
  Stream<DynamicTest> gradients() {
    return CatalogueTests.gradients();
  }
}
