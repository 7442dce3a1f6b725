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
  }

  @Test
  void replayIsOnAndNothingIsForbidden() {
    assertTrue(Settings.graphs());
    assertFalse(Settings.deterministic());
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
}
