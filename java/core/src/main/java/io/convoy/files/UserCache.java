// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import java.nio.file.Path;

/** Where this user's programs keep what can be had again. */
public final class UserCache {
  private static final String OWN = "convoy";

  private UserCache() {}

  /**
   * Names the folder, which need not be there: the system property {@code convoy.cache}; else
   * {@code convoy} in {@code $XDG_CACHE_HOME} (XDG Base Directory Specification), on Windows in
   * {@code %LOCALAPPDATA%}, or in {@code ~/.cache}.
   *
   * @return the folder
   */
  public static Path folder() {
    return folder(
        System.getProperty("convoy.cache"),
        System.getenv("XDG_CACHE_HOME"),
        System.getenv("LOCALAPPDATA"),
        System.getProperty("user.home"));
  }

  static Path folder(String chosen, String xdg, String windows, String home) {
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen);
    }
    if (isAbsolute(xdg)) { // the specification has a relative path ignored
      return Path.of(xdg, OWN);
    }
    return isAbsolute(windows) ? Path.of(windows, OWN) : Path.of(home, ".cache", OWN);
  }

  private static boolean isAbsolute(String path) {
    return path != null && Path.of(path).isAbsolute();
  }
}
