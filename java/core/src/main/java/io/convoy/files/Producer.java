// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Who writes files: the name and version that others read in them. */
public final class Producer {
  /** Convoy's name. */
  public static final String NAME = "convoy";

  private Producer() {}

  /**
   * Returns Convoy's version, which Maven writes into a resource.
   *
   * @return such as {@code 1.0.0}
   */
  public static String version() {
    try (InputStream in = Producer.class.getResourceAsStream("version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
