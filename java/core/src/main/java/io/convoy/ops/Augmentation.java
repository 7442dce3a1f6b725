// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import java.util.Optional;

/**
 * How far images are changed at random, as limits of what {@link AugmentDraw} draws. Everything
 * happens in the order of the components; 0 and false stand for not at all.
 *
 * @param horizontalFlip whether every second image or so is mirrored left to right
 * @param verticalFlip whether every second image or so is mirrored top to bottom
 * @param crop pixels that are added at each side before the former size is cut out anywhere: a
 *     shift by whole pixels (arXiv 1512.03385, He et al. 2015, section 4.2)
 * @param translation largest shift, as a share of height and width, from 0 to 1
 * @param rotation largest angle to both sides, as a share of a full turn, from 0 to 1
 * @param zoom largest change of size: what is seen grows or shrinks by up to that share, from 0 to
 *     below 1
 * @param contrast largest change of the distance to the channel's mean, as a share, from 0 to 1
 * @param brightness largest number that is added to pixels, from 0 to 1
 * @param erasing side in pixels of a square that is set to 0; its centre lies anywhere in the image
 *     (arXiv 1708.04552, DeVries and Taylor 2017)
 */
public record Augmentation(
    boolean horizontalFlip,
    boolean verticalFlip,
    int crop,
    float translation,
    float rotation,
    float zoom,
    float contrast,
    float brightness,
    int erasing) {

  /**
   * Checks the limits.
   *
   * @param horizontalFlip the component
   * @param verticalFlip the component
   * @param crop the component
   * @param translation the component
   * @param rotation the component
   * @param zoom the component
   * @param contrast the component
   * @param brightness the component
   * @param erasing the component
   */
  public Augmentation {
    Checks.check(crop >= 0, "the padding of crops must be at least 0, is " + crop);
    share("translation", translation);
    share("rotation", rotation);
    share("zoom", zoom);
    Checks.check(zoom < 1, "zoom must be below 1, is " + zoom);
    share("contrast", contrast);
    share("brightness", brightness);
    Checks.check(erasing >= 0, "the side of what is erased must be at least 0, is " + erasing);
  }

  private static void share(String name, float value) {
    Checks.check(value >= 0 && value <= 1, name + " must be in [0, 1], is " + value);
  }

  /**
   * Mirrors.
   *
   * @param horizontal whether left to right
   * @param vertical whether top to bottom
   * @return the augmentation
   */
  public static Augmentation flip(boolean horizontal, boolean vertical) {
    return new Augmentation(horizontal, vertical, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * Shifts by whole pixels.
   *
   * @param padding the component {@link #crop}
   * @return the augmentation
   */
  public static Augmentation crop(int padding) {
    return new Augmentation(false, false, padding, 0, 0, 0, 0, 0, 0);
  }

  /**
   * Shifts.
   *
   * @param factor the component {@link #translation}
   * @return the augmentation
   */
  public static Augmentation translation(float factor) {
    return new Augmentation(false, false, 0, factor, 0, 0, 0, 0, 0);
  }

  /**
   * Turns.
   *
   * @param factor the component {@link #rotation}
   * @return the augmentation
   */
  public static Augmentation rotation(float factor) {
    return new Augmentation(false, false, 0, 0, factor, 0, 0, 0, 0);
  }

  /**
   * Changes the size.
   *
   * @param factor the component {@link #zoom}
   * @return the augmentation
   */
  public static Augmentation zoom(float factor) {
    return new Augmentation(false, false, 0, 0, 0, factor, 0, 0, 0);
  }

  /**
   * Changes the contrast.
   *
   * @param factor the component {@link #contrast}
   * @return the augmentation
   */
  public static Augmentation contrast(float factor) {
    return new Augmentation(false, false, 0, 0, 0, 0, factor, 0, 0);
  }

  /**
   * Changes the brightness.
   *
   * @param factor the component {@link #brightness}
   * @return the augmentation
   */
  public static Augmentation brightness(float factor) {
    return new Augmentation(false, false, 0, 0, 0, 0, 0, factor, 0);
  }

  /**
   * Erases a square.
   *
   * @param size the component {@link #erasing}
   * @return the augmentation
   */
  public static Augmentation erasing(int size) {
    return new Augmentation(false, false, 0, 0, 0, 0, 0, 0, size);
  }

  /**
   * Joins two augmentations, so that an image is read once.
   *
   * @param next what happens after this
   * @return both, or empty if the order of the components would be another one
   */
  public Optional<Augmentation> then(Augmentation next) {
    int mine = stages();
    int others = next.stages();
    if (Integer.highestOneBit(mine) >= Integer.lowestOneBit(others) && others != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Augmentation(
            horizontalFlip || next.horizontalFlip,
            verticalFlip || next.verticalFlip,
            crop + next.crop,
            translation + next.translation,
            rotation + next.rotation,
            zoom + next.zoom,
            contrast + next.contrast,
            brightness + next.brightness,
            erasing + next.erasing));
  }

  /** A bit for each component that changes something, the first component's lowest. */
  private int stages() {
    float[] limits = {
      horizontalFlip ? 1 : 0,
      verticalFlip ? 1 : 0,
      crop,
      translation,
      rotation,
      zoom,
      contrast,
      brightness,
      erasing
    };
    int stages = 0;
    for (int i = 0; i < limits.length; i++) {
      stages |= limits[i] > 0 ? 1 << i : 0;
    }
    return stages;
  }

  /**
   * Tells whether pixels get new values, which are then kept in [0, 1].
   *
   * @return true with contrast or brightness
   */
  public boolean recolours() {
    return contrast > 0 || brightness > 0;
  }
}
