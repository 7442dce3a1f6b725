// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.ops.Padding;
import java.util.Locale;

/** Paddings as settings: {@code valid}, {@code same}, or {@code explicit} with four amounts. */
final class PaddingJson {
  private PaddingJson() {}

  static void write(Config config, Padding padding) {
    config.put("padding", padding.mode().name().toLowerCase(Locale.ROOT));
    if (padding.mode() == Padding.Mode.EXPLICIT) {
      int[] amounts = {padding.top(), padding.bottom(), padding.left(), padding.right()};
      config.put("padding_amounts", amounts);
    }
  }

  static Padding read(Config config) {
    String mode = config.text("padding");
    switch (mode) {
      case "valid":
        return Padding.VALID;
      case "same":
        return Padding.SAME;
      case "explicit":
        int[] amounts = config.integers("padding_amounts");
        return Padding.explicit(amounts[0], amounts[1], amounts[2], amounts[3]);
      default:
        throw new IllegalArgumentException(
            "padding '" + mode + "' is unknown; there are valid, same, explicit");
    }
  }
}
