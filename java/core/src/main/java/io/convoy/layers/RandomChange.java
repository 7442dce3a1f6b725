// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.ops.Augmentation;
import java.util.List;
import java.util.function.Function;

/**
 * Moves, recolours or erases parts of images {@code [N,H,W,C]} at random while training, by up to a
 * limit.
 */
public final class RandomChange implements Augmenting {
  /** What is changed: Keras' class name, and the limit's name. */
  enum Kind {
    CROP("RandomCrop", "padding", limit -> Augmentation.crop(Math.round(limit))),
    TRANSLATION("RandomTranslation", "factor", Augmentation::translation),
    ROTATION("RandomRotation", "factor", Augmentation::rotation),
    ZOOM("RandomZoom", "factor", Augmentation::zoom),
    CONTRAST("RandomContrast", "factor", Augmentation::contrast),
    BRIGHTNESS("RandomBrightness", "factor", Augmentation::brightness),
    ERASING("RandomErasing", "size", limit -> Augmentation.erasing(Math.round(limit)));

    final String className;
    private final String limitName;
    private final Function<Float, Augmentation> augmentation;

    Kind(String className, String limitName, Function<Float, Augmentation> augmentation) {
      this.className = className;
      this.limitName = limitName;
      this.augmentation = augmentation;
    }
  }

  private final Kind kind;
  private final float limit;
  private final Augmentation augmentation;

  RandomChange(Kind kind, float limit) {
    this.kind = kind;
    this.limit = limit;
    this.augmentation = kind.augmentation.apply(limit);
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = ConvSettings.image(scope, this, inputs);
    return scope.training() ? Images.augment(x, augmentation, scope.counter()) : x;
  }

  @Override
  public String className() {
    return kind.className;
  }

  @Override
  public Config config() {
    Number written = kind == Kind.CROP || kind == Kind.ERASING ? Math.round(limit) : (Number) limit;
    return new Config().put(kind.limitName, written);
  }

  static RandomChange of(Kind kind, Config config) {
    return new RandomChange(kind, config.number(kind.limitName));
  }
}
