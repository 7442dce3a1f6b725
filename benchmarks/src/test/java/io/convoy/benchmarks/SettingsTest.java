// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the user may ask for. */
class SettingsTest {
  private static Settings bench(String bench) {
    return Settings.parse(
        "home=h",
        "bench=" + bench,
        "peers=true",
        "compare=false",
        "accept=true",
        "device=all",
        "seconds=0.5",
        "rounds=3",
        "modes=eager,graph",
        "patience=90");
  }

  @Test
  void everythingIsRead() {
    assertEquals(
        new Settings(
            Path.of("h"),
            "default",
            true,
            false,
            true,
            "all",
            0.5,
            3,
            List.of("eager", "graph"),
            90),
        bench("default"));
  }

  @Test
  void unknownAndMissingSettingsAreErrors() {
    assertThrows(IllegalArgumentException.class, () -> Settings.parse("hme=h"));
    assertThrows(IllegalArgumentException.class, () -> Settings.parse("home"));
    assertThrows(IllegalArgumentException.class, () -> Settings.parse("home=h"));
  }

  @Test
  void benchmarksAreChosenByDefaultAllOrExpression() {
    assertTrue(bench("default").wants("net/mlp/train", true));
    assertFalse(bench("default").wants("scaling/depth/train", false));
    assertTrue(bench("full").wants("scaling/depth/train", false));
    assertTrue(bench("mlp|lenet").wants("net/mlp/train", false));
    assertFalse(bench("^mlp").wants("net/mlp/train", true));
  }
}
