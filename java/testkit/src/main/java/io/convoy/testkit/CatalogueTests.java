// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.backend.Backend;
import io.convoy.backend.BackendProvider;
import io.convoy.compile.Precision;
import io.convoy.tensor.DType;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The catalogue as JUnit tests, so that a backend's own test is one line. */
public final class CatalogueTests {
  private CatalogueTests() {}

  /**
   * Judges a backend's values.
   *
   * @param provider its provider; device 0 is opened, and closed behind the last test
   * @return a test a case, for a {@code @TestFactory}
   */
  public static Stream<DynamicTest> values(BackendProvider provider) {
    long seed = Seed.value();
    Backend backend = provider.open(0);
    return OpCatalogue.cases().stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> ValueCheck.check(c, backend, seed)))
        .onClose(backend::close);
  }

  /**
   * Judges a backend's values of ops on tensors of 16 bits.
   *
   * @param provider opens the backend
   * @param type the type of those tensors
   * @return one test a case
   */
  public static Stream<DynamicTest> values(BackendProvider provider, DType type) {
    long seed = Seed.value();
    Backend backend = provider.open(0);
    return OpCatalogue.cases(type).stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> ValueCheck.check(c, backend, seed)))
        .onClose(backend::close);
  }

  /**
   * Judges whole training steps compiled for a precision.
   *
   * @param provider opens the backend
   * @param precision one of 16 bits
   * @return one test a net
   */
  public static Stream<DynamicTest> nets(BackendProvider provider, Precision precision) {
    long seed = Seed.value();
    Backend backend = provider.open(0);
    return NetCases.all(precision).stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(), () -> ValueCheck.check(c, precision, backend, seed)))
        .onClose(backend::close);
  }

  /**
   * Checks all gradient rules on the reference.
   *
   * @return a test a differentiable case, for a {@code @TestFactory}
   */
  public static Stream<DynamicTest> gradients() {
    long seed = Seed.value();
    return OpCatalogue.cases().stream()
        .filter(OpCase::differentiable)
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> GradientCheck.check(c, seed)));
  }
}
