// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** System properties. */
class SettingsTest {
  @AfterEach
  void clear() {
    System.clearProperty(Settings.GRAPHS);
    System.clearProperty(Settings.CONVOLUTIONS);
  }

  @Test
  void replayIsOnAndNothingIsForbidden() {
    assertTrue(Settings.graphs());
    assertFalse(Settings.deterministic());
    assertEquals(ConvolutionApis.BOTH, Settings.convolutions());
  }

  @Test
  void replayCanBeSwitchedOff() {
    System.setProperty(Settings.GRAPHS, "false");
    assertFalse(Settings.graphs());
  }

  @Test
  void whatIsNeitherIsAnError() {
    System.setProperty(Settings.GRAPHS, "off");
    BackendException e = assertThrows(BackendException.class, Settings::graphs);
    assertEquals("-Dconvoy.cuda.graphs=off: it is true or false", e.getMessage());
  }

  private static ConvolutionApis asked(String value) {
    System.setProperty(Settings.CONVOLUTIONS, value);
    return Settings.convolutions();
  }

  @Test
  void oneApiCanBeAskedFor() {
    assertTrue(asked("legacy").legacy());
    assertFalse(asked("legacy").graph(false));
    assertFalse(asked("legacy").fused());
    assertFalse(asked("graph").legacy());
    assertTrue(asked("graph").graph(true));
    assertTrue(asked("graph").fused());
  }

  @Test
  void onlyWhatIsFusedCanBeAskedFor() {
    ConvolutionApis fused = asked("fused");
    assertFalse(fused.legacy());
    assertTrue(fused.fused());
    assertFalse(fused.graph(true));
    assertTrue(fused.graph(false), "where nothing follows, it is the graph API");
  }

  @Test
  void thereIsNoThirdApi() {
    System.setProperty(Settings.CONVOLUTIONS, "v8");
    BackendException e = assertThrows(BackendException.class, Settings::convolutions);
    assertEquals(
        "-Dconvoy.cuda.convolutions=v8: it is legacy, graph, fused or both", e.getMessage());
  }
}
