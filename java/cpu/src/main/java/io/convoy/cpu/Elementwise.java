// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_abs;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip_v2_use_dst_for_bwd;
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
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Functions of one number and their derivatives. */
final class Elementwise {
  /**
   * ReLU that keeps NaN: x max(0, min(1, big x)). oneDNN's own is max(x, 0), which makes 0 of NaN,
   * so that a net that has diverged looks alive. The two agree on every other number but -infinity,
   * of which this one makes NaN.
   */
  private static final Eltwise RELU = new Eltwise(dnnl_eltwise_hardswish, Float.MAX_VALUE, 0);

  /** What ReLU6 cuts off at. */
  private static final float CAP = 6;

  /** Elements that a thread takes at once. */
  private static final int ITEM = 16384;

  private Elementwise() {}

  static void activate(Activate op, Site site) {
    Operand x = site.image(0);
    Operand y = site.outLike(0, x);
    if (op.function().kind() == Activation.Kind.RELU6) {
      clip(x, y, site);
    } else {
      apply(functions(op.function()), x, y, site);
    }
  }

  /** An epilogue's function as oneDNN's; {@link #finish} must follow. */
  static List<Eltwise> functions(Optional<Activation> epilogue) {
    return epilogue.map(Elementwise::functions).orElse(List.of());
  }

  /** What is left of an epilogue when {@link #functions(Optional)} have been applied. */
  static void finish(Optional<Activation> epilogue, Operand y, Site site) {
    if (epilogue.isPresent() && epilogue.get().kind() == Activation.Kind.RELU6) {
      clip(y, y, site);
    }
  }

  /** y = min(max(x, 0), 6), a loop of ours, since oneDNN's clip makes 0 of NaN. */
  private static void clip(Operand x, Operand y, Site site) {
    int count = Math.toIntExact(y.elements());
    site.loop(
        (count + ITEM - 1) / ITEM,
        (memory, item, worker) -> {
          FloatBuffer from = memory[0].floats();
          FloatBuffer to = memory[1].floats();
          int end = Math.min(count, (item + 1) * ITEM);
          for (int i = item * ITEM; i < end; i++) {
            to.put(i, Math.min(Math.max(from.get(i), 0), CAP));
          }
        },
        x,
        y);
  }

  /** The function as oneDNN's, to be applied one after the other; none for ReLU6. */
  static List<Eltwise> functions(Activation f) {
    float alpha = f.alpha();
    float beta = f.beta();
    switch (f.kind()) {
      case RELU:
        return List.of(RELU);
      case RELU6:
        return List.of();
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
      case RELU6:
        return new Eltwise(dnnl_eltwise_clip_v2_use_dst_for_bwd, 0, CAP);
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
