// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Backend;
import io.convoy.graph.Value;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import io.convoy.testkit.Data;
import io.convoy.testkit.OpCase;
import io.convoy.testkit.Seed;
import io.convoy.testkit.Tolerance;
import io.convoy.testkit.ValueCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shapes for which oneDNN's first choice is wrong, each on the processors named. */
class KnownDefectsTest {
  private static final ConvSpec UNEQUAL = new ConvSpec(1, 2, Padding.SAME, 1, 1, 1);

  @Test
  void oneChannelWithUnequalStrides() { // AVX-512
    check(4, 1, new int[] {2, 3, 1, 16}, new ConvSpec(1, 2, Padding.VALID, 1, 1, 1));
    check(2, 1, new int[] {4, 3, 1, 24}, new ConvSpec(1, 3, Padding.explicit(1, 3, 1, 2), 2, 1, 1));
  }

  @Test
  void windowsInThePaddingAlone() { // AVX-512
    ConvSpec spec = new ConvSpec(3, 3, Padding.explicit(0, 3, 2, 1), 2, 2, 4);
    check(1, 64, new int[] {5, 1, 16, 64}, spec);
    ConvSpec one = new ConvSpec(1, 3, Padding.explicit(2, 1, 2, 3), 1, 2, 1);
    check(1, 1, new int[] {2, 1, 1, 1}, one);
  }

  @Test
  void pointwiseFilterWithUnequalStrides() { // AVX2
    check(14, 4, new int[] {1, 1, 4, 16}, UNEQUAL);
  }

  private static void check(int width, int channels, int[] filter, ConvSpec spec) {
    OpCase c =
        OpCase.of(
            "convolution/defect",
            Tolerance.sum(4 * 13 * 14),
            scene -> {
              Value x = scene.input(Data.UNIT, 4, 13, width, channels);
              Value w = scene.input(Data.UNIT, filter);
              Value y = scene.op(new Conv2D(spec), x, w).get(0);
              Value dy = scene.input(Data.UNIT, y.shape().dims());
              Conv2DBackpropFilter gradient = new Conv2DBackpropFilter(spec, filter[0], filter[1]);
              return List.of(y, scene.op(gradient, x, dy).get(0));
            });
    try (Backend backend = SmallNet.backend()) {
      ValueCheck.check(c, backend, Seed.value());
    }
  }
}
