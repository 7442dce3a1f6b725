// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Mixing;
import io.convoy.random.Beta;
import java.util.List;

/**
 * mixup (arXiv 1710.09412, Zhang et al. 2018): while training, instance n of a batch becomes share
 * x[n] + (1 - share) x[N - 1 - n], with one share a step from Beta(alpha, alpha). Loss and metrics
 * are mixed likewise, of the instance's own label and of the other's, as in the authors' program.
 */
public final class MixUp implements Augmenting {
  private final float alpha;

  MixUp(float alpha) {
    Beta.requireAlpha(alpha);
    this.alpha = alpha;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = Inputs.one(scope, this, inputs);
    if (!scope.training()) {
      return x;
    }
    Value share = Mixing.randomBeta(alpha, scope.counter());
    scope.mixLabels(share);
    return Mixing.mix(x, Mixing.reverse(x), share);
  }

  @Override
  public Config config() {
    return new Config().put("alpha", alpha);
  }

  static MixUp of(Config config) {
    return new MixUp(config.number("alpha"));
  }
}
