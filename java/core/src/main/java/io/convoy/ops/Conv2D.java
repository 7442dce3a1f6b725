// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Convolution, that is cross-correlation as in TensorFlow's {@code tf.nn.conv2d}: y[n,p,q,k] = sum
 * over i,j,c of x[n, p*stride + i*dilation - before, q*..., c] * w[i,j,c,k], channels within a
 * group.
 *
 * <p>Inputs: x {@code [N,H,W,C]}, w {@code [kh,kw,C/groups,K]}. Output: y {@code [N,P,Q,K]}.
 *
 * @param spec strides, padding, dilations and groups
 */
public record Conv2D(ConvSpec spec) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    DType dtype = Checks.oneFloat(inputs);
    Shape x = Checks.rank(inputs, 0, 4, "an image [N,H,W,C]");
    Shape w = Checks.rank(inputs, 1, 4, "a filter [height,width,in/groups,out]");
    Checks.check(
        x.dim(3) == w.dim(2) * spec.groups(),
        "the image has "
            + x.dim(3)
            + " channels, the filter wants "
            + w.dim(2)
            + " in each of "
            + spec.groups()
            + " groups");
    Checks.check(
        w.dim(3) % spec.groups() == 0,
        w.dim(3) + " filters can't be divided into " + spec.groups() + " groups");
    int p = spec.rows(x.dim(1), w.dim(0)).output();
    int q = spec.columns(x.dim(2), w.dim(1)).output();
    return Checks.of(dtype, x.dim(0), p, q, w.dim(3));
  }

  @Override
  public String label() {
    return "Conv2D " + spec;
  }
}
