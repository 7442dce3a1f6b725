// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.ops.Augmentation;
import java.util.List;
import java.util.Locale;

/** Mirrors images {@code [N,H,W,C]} at random while training. */
public final class RandomFlip implements Augmenting {
  private final FlipMode mode;

  RandomFlip(FlipMode mode) {
    this.mode = mode;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = ConvSettings.image(scope, this, inputs);
    Augmentation flip = Augmentation.flip(mode != FlipMode.VERTICAL, mode != FlipMode.HORIZONTAL);
    return scope.training() ? Images.augment(x, flip, scope.counter()) : x;
  }

  @Override
  public Config config() {
    return new Config().put("mode", mode.name().toLowerCase(Locale.ROOT));
  }

  static RandomFlip of(Config config) {
    return new RandomFlip(FlipMode.valueOf(config.text("mode").toUpperCase(Locale.ROOT)));
  }
}
