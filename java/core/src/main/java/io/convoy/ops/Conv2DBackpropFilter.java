// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link Conv2D} by its filter.
 *
 * <p>Inputs: x {@code [N,H,W,C]}, dy {@code [N,P,Q,K]}. Output: dw FLOAT32 {@code
 * [kh,kw,C/groups,K]}, of 16-bit inputs too; a device may round it to their type on the way.
 *
 * @param spec strides, padding, dilations and groups of the convolution
 * @param height kh, rows of the filter
 * @param width kw, columns of the filter
 */
public record Conv2DBackpropFilter(ConvSpec spec, int height, int width) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    DType dtype = Checks.oneFloat(inputs);
    Shape x = Checks.rank(inputs, 0, 4, "an image [N,H,W,C]");
    Shape dy = Checks.rank(inputs, 1, 4, "an image [N,H,W,C]");
    int[] dims = {height, width, x.dim(3) / spec.groups(), dy.dim(3)};
    TensorSpec w = new TensorSpec(dtype, Shape.of(dims));
    Shape expected = new Conv2D(spec).infer(List.of(inputs.get(0), w)).get(0).shape();
    Checks.check(expected.accepts(dy), "the convolution makes " + expected + ", input 1 is " + dy);
    return Checks.f32(dims);
  }

  @Override
  public String label() {
    return "Conv2DBackpropFilter " + spec;
  }
}
