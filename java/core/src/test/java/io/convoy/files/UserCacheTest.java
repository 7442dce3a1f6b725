// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UserCacheTest {
  private static void assertFolder(String expected, String chosen, String xdg, String windows) {
    Path folder = UserCache.folder(chosen, xdg, windows, "/home/me");
    assertEquals(Path.of(expected), folder);
  }

  @Test
  void theFirstThatIsThereIsTaken() {
    assertFolder("/mine", "/mine", "/fast", "/local");
    assertFolder("mine", "mine", null, null);
    assertFolder("/fast/convoy", "", "/fast", "/local");
    assertFolder("/fast/convoy", null, "/fast", null);
    assertFolder("/local/convoy", null, null, "/local");
    assertFolder("/home/me/.cache/convoy", null, null, null);
  }

  @Test
  void relativePathsOfTheEnvironmentAreIgnored() {
    assertFolder("/home/me/.cache/convoy", null, "fast", "local");
    assertFolder("/home/me/.cache/convoy", null, "", "");
  }
}
