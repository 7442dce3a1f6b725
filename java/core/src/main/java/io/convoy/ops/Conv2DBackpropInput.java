// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link Conv2D} by its image; as a layer of its own it is the transposed
 * convolution.
 *
 * <p>Inputs: dy {@code [N,P,Q,K]}, w {@code [kh,kw,C/groups,K]}. Output: dx {@code [N,H,W,C]}.
 *
 * @param spec strides, padding, dilations and groups of the convolution
 * @param height H, rows of dx
 * @param width W, columns of dx
 */
public record Conv2DBackpropInput(ConvSpec spec, int height, int width) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    DType dtype = Checks.oneFloat(inputs);
    Shape dy = Checks.rank(inputs, 0, 4, "an image [N,H,W,C]");
    Shape w = Checks.rank(inputs, 1, 4, "a filter [height,width,in/groups,out]");
    TensorSpec dx = Checks.of(dtype, dy.dim(0), height, width, w.dim(2) * spec.groups()).get(0);
    Shape expected = new Conv2D(spec).infer(List.of(dx, inputs.get(1))).get(0).shape();
    Checks.check(
        expected.accepts(dy),
        "a convolution of " + dx.shape() + " makes " + expected + ", input 0 is " + dy);
    return List.of(dx);
  }

  @Override
  public String label() {
    return "Conv2DBackpropInput " + spec;
  }
}
