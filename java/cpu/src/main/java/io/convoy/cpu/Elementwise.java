// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_abs;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_exp;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_exp_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_gelu_erf;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_hardswish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_log;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_sqrt;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_sqrt_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_square;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_swish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import java.util.List;

/** Functions of one number and their derivatives. */
final class Elementwise {
  /**
   * ReLU that keeps NaN: x max(0, min(1, big x)). oneDNN's own is max(x, 0), which makes 0 of NaN,
   * so that a net that has diverged looks alive. The two agree on every other number but -infinity,
   * of which this one makes NaN.
   */
  private static final Eltwise RELU = new Eltwise(dnnl_eltwise_hardswish, Float.MAX_VALUE, 0);

  private Elementwise() {}

  static void activate(Activate op, Site site) {
    Operand x = site.image(0);
    apply(functions(op.function()), x, site.outLike(0, x), site);
  }

  /** The function as oneDNN's, to be applied one after the other. */
  static List<Eltwise> functions(Activation f) {
    float alpha = f.alpha();
    float beta = f.beta();
    switch (f.kind()) {
      case RELU:
        return List.of(RELU);
      case LEAKY_RELU:
        return List.of(alpha == 0 ? RELU : new Eltwise(dnnl_eltwise_relu, alpha, 0));
      case ELU:
        return List.of(new Eltwise(dnnl_eltwise_elu, alpha, 0));
      case SIGMOID:
        return List.of(new Eltwise(dnnl_eltwise_logistic, 0, 0));
      case TANH:
        return List.of(new Eltwise(dnnl_eltwise_tanh, 0, 0));
      case GELU:
        return List.of(new Eltwise(dnnl_eltwise_gelu_erf, 0, 0));
      case SILU:
        return List.of(new Eltwise(dnnl_eltwise_swish, 1, 0));
      case RADIAL_BASIS:
        return List.of(
            new Eltwise(dnnl_eltwise_linear, alpha, -alpha * beta),
            new Eltwise(dnnl_eltwise_square, 0, 0),
            new Eltwise(dnnl_eltwise_linear, -1, 0),
            new Eltwise(dnnl_eltwise_exp, 0, 0));
      case LINEAR:
        return List.of(new Eltwise(dnnl_eltwise_linear, alpha, beta));
      case EXP:
        return List.of(new Eltwise(dnnl_eltwise_exp, 0, 0));
      case LOG:
        return List.of(new Eltwise(dnnl_eltwise_log, 0, 0));
      case SQRT:
        return List.of(new Eltwise(dnnl_eltwise_sqrt, 0, 0));
      case SQUARE:
        return List.of(new Eltwise(dnnl_eltwise_square, 0, 0));
      case ABS:
        return List.of(new Eltwise(dnnl_eltwise_abs, 0, 0));
    }
    throw new IllegalArgumentException("no function " + f);
  }

  /** y = functions(x); y may lie where x lies. */
  static void apply(List<Eltwise> functions, Operand x, Operand y, Site site) {
    MemoryDesc flat = MemoryDesc.rowMajor(site.owner(), x.elements());
    Buffer source = x.buffer();
    for (Eltwise f : functions) {
      site.primitive(
          forward(f, flat, site),
          new Argument(DNNL_ARG_SRC, flat, source),
          new Argument(DNNL_ARG_DST, flat, y.buffer()));
      source = y.buffer();
    }
  }

  private static PrimitiveDesc forward(Eltwise f, MemoryDesc flat, Site site) {
    return PrimitiveDesc.create(
        site.owner(),
        "dnnl_eltwise_forward_primitive_desc_create",
        p ->
            dnnl_eltwise_forward_primitive_desc_create(
                p,
                site.engine(),
                dnnl_forward_training,
                f.algorithm(),
                flat.handle(),
                flat.handle(),
                f.alpha(),
                f.beta(),
                Attributes.plain(site.owner())));
  }

  static void gradient(ActivateGrad op, Site site) {
    Operand known = site.image(1);
    Operand dy = site.image(0, known.format());
    if (op.function().kind() == Activation.Kind.RADIAL_BASIS) {
      radialBasisGradient(op.function(), dy, known, site.out(0, known.format()), site);
      return;
    }
    Eltwise f = derivative(op.function());
    MemoryDesc flat = MemoryDesc.rowMajor(site.owner(), dy.elements());
    PrimitiveDesc hint = forward(f, flat, site);
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            site.owner(),
            "dnnl_eltwise_backward_primitive_desc_create",
            p ->
                dnnl_eltwise_backward_primitive_desc_create(
                    p,
                    site.engine(),
                    f.algorithm(),
                    flat.handle(),
                    flat.handle(),
                    flat.handle(),
                    f.alpha(),
                    f.beta(),
                    hint.handle(),
                    Attributes.plain(site.owner())));
    boolean byOutput = op.function().kind().derivativeUses() == Activation.Uses.OUTPUT;
    site.primitive(
        desc,
        new Argument(byOutput ? DNNL_ARG_DST : DNNL_ARG_SRC, flat, known.buffer()),
        new Argument(DNNL_ARG_DIFF_DST, flat, dy.buffer()),
        new Argument(DNNL_ARG_DIFF_SRC, flat, site.outLike(0, dy).buffer()));
  }

  private static Eltwise derivative(Activation f) {
    switch (f.kind()) {
      case RELU:
      case LEAKY_RELU:
        return new Eltwise(dnnl_eltwise_relu_use_dst_for_bwd, f.alpha(), 0);
      case ELU:
        return new Eltwise(dnnl_eltwise_elu_use_dst_for_bwd, f.alpha(), 0);
      case SIGMOID:
        return new Eltwise(dnnl_eltwise_logistic_use_dst_for_bwd, 0, 0);
      case TANH:
        return new Eltwise(dnnl_eltwise_tanh_use_dst_for_bwd, 0, 0);
      case EXP:
        return new Eltwise(dnnl_eltwise_exp_use_dst_for_bwd, 0, 0);
      case SQRT:
        return new Eltwise(dnnl_eltwise_sqrt_use_dst_for_bwd, 0, 0);
      default:
        return functions(f).get(0);
    }
  }

  /** dx = dy (-2 alpha^2 (x - beta)) exp(-(alpha (x - beta))^2). */
  private static void radialBasisGradient(
      Activation f, Operand dy, Operand x, Operand dx, Site site) {
    Operand slope = site.temporary(x.spec(), x.format());
    float twice = -2 * f.alpha() * f.alpha();
    apply(List.of(new Eltwise(dnnl_eltwise_linear, twice, -twice * f.beta())), x, slope, site);
    apply(functions(f), x, dx, site);
    Binaries.combine(dnnl_binary_mul, dx, dy, dx, site);
    Binaries.combine(dnnl_binary_mul, dx, slope, dx, site);
  }
}
