// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import static io.convoy.benchmarks.micro.OpScene.Made.rows;
import static io.convoy.benchmarks.micro.OpScene.Made.sum;

import io.convoy.benchmarks.report.Ceiling;
import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import java.util.ArrayList;
import java.util.List;

/** The convolutions of the nets, a pointwise and a depthwise one. */
final class ConvScenes {
  private static final Padding ONE = Padding.explicit(1, 1, 1, 1);

  /**
   * A convolution.
   *
   * @param first whether it is a net's first: then nobody wants the gradient of the images
   */
  private record Conv(
      String name, int n, int side, int in, int kernel, int out, ConvSpec spec, boolean first) {

    int outputSide() {
      return spec.rows(side, kernel).output();
    }

    double flops() {
      double taps = (double) kernel * kernel * in / spec.groups();
      return 2.0 * n * outputSide() * outputSide() * out * taps;
    }

    Value x(SceneGraph s) {
      return s.batched("x", side, side, in);
    }

    Value w(SceneGraph s) {
      return s.weight("w", kernel, kernel, in / spec.groups(), out);
    }

    List<OpScene.Made> forward(SceneGraph s) {
      return List.of(rows(Images.conv2d(x(s), w(s), spec)));
    }

    List<OpScene.Made> backward(SceneGraph s) {
      Value dy = s.batched("dy", outputSide(), outputSide(), out);
      List<OpScene.Made> made = new ArrayList<>();
      made.add(sum(s.add(new Conv2DBackpropFilter(spec, kernel, kernel), x(s), dy)));
      if (!first) {
        made.add(rows(s.add(new Conv2DBackpropInput(spec, side, side), dy, w(s))));
      }
      return made;
    }
  }

  private ConvScenes() {}

  static List<OpScene> all() {
    ConvSpec valid = ConvSpec.of(1, Padding.VALID);
    ConvSpec one = ConvSpec.of(1, ONE);
    ConvSpec same = ConvSpec.of(1, Padding.SAME);
    ConvSpec depthwise = new ConvSpec(1, 1, Padding.SAME, 1, 1, 128);
    List<Conv> convolutions =
        List.of(
            new Conv("workshop-1", 128, 28, 1, 3, 32, valid, true),
            new Conv("workshop-2", 128, 13, 32, 3, 64, valid, false),
            new Conv("lenet5-1", 128, 28, 1, 5, 6, same, true),
            new Conv("lenet5-2", 128, 14, 6, 5, 16, valid, false),
            new Conv("resnet18-stem", 64, 32, 3, 3, 64, one, true),
            new Conv("resnet18-stage1", 64, 32, 64, 3, 64, one, false),
            new Conv("resnet18-stage2", 64, 16, 128, 3, 128, one, false),
            new Conv("resnet18-stage3", 64, 8, 256, 3, 256, one, false),
            new Conv("resnet18-stage4", 64, 4, 512, 3, 512, one, false),
            new Conv("resnet18-down", 64, 32, 64, 3, 128, ConvSpec.of(2, ONE), false),
            new Conv("resnet18-shortcut", 64, 32, 64, 1, 128, ConvSpec.of(2, Padding.VALID), false),
            new Conv("pointwise", 64, 16, 256, 1, 256, valid, false),
            new Conv("depthwise", 64, 16, 128, 3, 128, depthwise, false));
    List<OpScene> scenes = new ArrayList<>();
    for (Conv conv : convolutions) {
      String name = "conv/" + conv.name();
      double backward = conv.flops() * (conv.first() ? 1 : 2);
      scenes.add(
          new OpScene(name + "/forward", conv.n(), conv.flops(), Ceiling.GEMM, conv::forward));
      scenes.add(new OpScene(name + "/backward", conv.n(), backward, Ceiling.GEMM, conv::backward));
    }
    return scenes;
  }
}
