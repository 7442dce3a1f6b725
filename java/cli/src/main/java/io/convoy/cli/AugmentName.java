// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.layers.Augmenting;
import io.convoy.layers.FlipMode;
import io.convoy.layers.Layers;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What {@code --augment} takes, in the order in which it happens to an image. */
enum AugmentName {
  FLIP(AugmentName::flip),
  CROP(value -> Layers.randomCrop(Integer.parseInt(value))),
  SHIFT(value -> Layers.randomTranslation(Double.parseDouble(value))),
  ROTATE(value -> Layers.randomRotation(Double.parseDouble(value) / AugmentName.FULL_TURN)),
  ZOOM(value -> Layers.randomZoom(Double.parseDouble(value))),
  CONTRAST(value -> Layers.randomContrast(Double.parseDouble(value))),
  BRIGHTNESS(value -> Layers.randomBrightness(Double.parseDouble(value))),
  CUTOUT(value -> Layers.randomErasing(Integer.parseInt(value))),
  MIXUP(value -> Layers.mixUp(Double.parseDouble(value)));

  static final String EXAMPLE =
      "flip,crop=4,shift=0.1,rotate=10,zoom=0.1,contrast=0.2,brightness=0.2,cutout=8,mixup=0.2";

  private static final double FULL_TURN = 360;

  private final Function<String, Augmenting> maker;

  AugmentName(Function<String, Augmenting> maker) {
    this.maker = maker;
  }

  private static Augmenting flip(String value) {
    if (!value.isEmpty()) {
      throw new IllegalArgumentException("it takes no number");
    }
    return Layers.randomFlip(FlipMode.HORIZONTAL);
  }

  /**
   * Reads a list.
   *
   * @param text such as {@code flip,shift=0.1}, in any order; null for nothing
   * @return the layers, in an order that takes one pass
   */
  static List<Augmenting> parse(String text) {
    Map<AugmentName, Augmenting> found = new EnumMap<>(AugmentName.class);
    for (String part : text == null ? new String[0] : text.split(",", -1)) {
      try {
        String[] words = part.split("=", 2);
        AugmentName name = byName(words[0]);
        if (found.put(name, name.maker.apply(words.length < 2 ? "" : words[1])) != null) {
          throw new IllegalArgumentException("it is there twice");
        }
      } catch (NumberFormatException e) {
        throw wrong(part, "it wants a number, a whole one of pixels for crop and cutout");
      } catch (IllegalArgumentException e) {
        throw wrong(part, e.getMessage());
      }
    }
    return List.copyOf(found.values());
  }

  private static AugmentName byName(String name) {
    for (AugmentName known : values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(name)) {
        return known;
      }
    }
    throw new IllegalArgumentException("there is no such augmentation");
  }

  private static UsageException wrong(String part, String why) {
    return new UsageException(
        "--augment can't take '" + part + "': " + why + ". All there is: " + EXAMPLE);
  }
}
