// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The libraries as modules: `mvn verify` has their jars, `mvn test` has none yet and skips this.
 */
class ModuleNamesTest {
  private static final Set<String> NAMES =
      Set.of(
          "io.convoy.core",
          "io.convoy.reference",
          "io.convoy.testkit",
          "io.convoy.cpu",
          "io.convoy.cuda",
          "io.convoy.mnist",
          "io.convoy.keras",
          "io.convoy.onnx",
          "io.convoy.report");

  private static ModuleFinder libraries() {
    Path[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(p -> p.getFileName().toString().matches("convoy-.*\\.jar"))
            .toArray(Path[]::new);
    assumeFalse(jars.length == 0, "no jars of Convoy on the class path; `mvn verify` builds them");
    return ModuleFinder.of(jars);
  }

  @Test
  void theNamesStay() {
    Set<String> names =
        libraries().findAll().stream()
            .map((ModuleReference m) -> m.descriptor().name())
            .collect(Collectors.toSet());
    assertEquals(NAMES, names);
  }

  /** The JDK refuses a package that two modules have. */
  @Test
  void noTwoShareAPackage() {
    List<Configuration> jdk = List.of(ModuleLayer.boot().configuration());
    ModuleFinder libraries = libraries();
    assertDoesNotThrow(() -> Configuration.resolve(libraries, jdk, ModuleFinder.of(), NAMES));
  }
}
