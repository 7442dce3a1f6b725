// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;

/**
 * Batch normalisation of x [..., C], by kernels of ours: cuDNN's keeps 1 / sqrt(variance + epsilon)
 * instead of the variance and has no gradient for given statistics.
 */
final class BatchNormalization {
  private BatchNormalization() {}

  static void forward(BatchNorm op, Site site) {
    statistics(site);
    normalise(site.out(1).buffer(), site.out(2).buffer(), op.epsilon(), site);
  }

  static void inference(BatchNormInference op, Site site) {
    site.reuse(0, 0);
    normalise(site.in(3).buffer(), site.in(4).buffer(), op.epsilon(), site);
  }

  /**
   * Outputs 1 and 2 = mean and variance of input 0. Of 16 bits they may be made of the sums of a
   * convolution: that costs the variance about what rounding x to 16 bits does (docs/adr/0024). Of
   * fp32 the kernel alone keeps what sums of squares lose.
   */
  static void statistics(Site site) {
    Operand x = site.in(0);
    Buffer mean = site.out(1).buffer();
    Buffer variance = site.out(2).buffer();
    Columns columns = Columns.of(2, x, site);
    KernelStep kernel =
        site.step(
            "batch_norm_statistics_" + x.type(),
            columns.grid(),
            of(x.buffer()),
            to(mean),
            to(variance),
            columns.partials(),
            columns.counters(),
            of(x.rows()),
            of(x.channels()));
    if (!x.spec().dtype().isHalf()) {
      site.add(kernel);
      return;
    }
    Buffer sum = site.scratch(mean.bytes());
    Buffer squares = site.scratch(mean.bytes());
    KernelStep moments =
        site.step(
            "batch_norm_moments_f32",
            Grid.of(Site.ceil(x.channels(), Site.BLOCK)),
            of(sum),
            of(squares),
            to(mean),
            to(variance),
            of(x.rows()),
            of(x.channels()));
    site.follow(x.buffer(), new Epilogue.Statistics(sum, squares, moments, kernel));
  }

  private static void normalise(Buffer mean, Buffer variance, float epsilon, Site site) {
    Operand x = site.in(0);
    site.kernel(
        "batch_norm_forward_" + x.type(),
        x.packs(),
        of(x.buffer()),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        of(mean),
        of(variance),
        to(site.out(0).buffer()),
        of(x.rows()),
        of(x.channels()),
        of(epsilon));
  }

  static void gradient(BatchNormGrad op, Site site) {
    site.reuse(0, 1);
    Operand x = site.in(0);
    Columns columns = Columns.of(2, x, site);
    site.kernel(
        "batch_norm_parameters_backward_" + x.type(),
        columns.grid(),
        of(x.buffer()),
        of(site.in(1).buffer()),
        of(site.in(3).buffer()),
        of(site.in(4).buffer()),
        to(site.out(1).buffer()),
        to(site.out(2).buffer()),
        columns.partials(),
        columns.counters(),
        of(x.rows()),
        of(x.channels()),
        of(op.epsilon()));
    float correction = op.givenStatistics() ? 0 : 1f / x.rows();
    inputGradient(site.in(1).buffer(), op.epsilon(), correction, site);
  }

  /** Output 0 = dx of what reaches the normalised input 0; some is not read for correction 0. */
  static void inputGradient(Buffer dy, float epsilon, float correction, Site site) {
    Operand x = site.in(0);
    boolean corrects = correction != 0;
    site.kernel(
        "batch_norm_backward_" + x.type(),
        x.packs(),
        readIf(corrects, x.buffer()),
        of(dy),
        of(site.in(2).buffer()),
        readIf(corrects, site.in(3).buffer()),
        of(site.in(4).buffer()),
        readIf(corrects, site.out(1).buffer()),
        readIf(corrects, site.out(2).buffer()),
        to(site.out(0).buffer()),
        of(x.rows()),
        of(x.channels()),
        of(epsilon),
        of(correction));
  }

  private static Argument readIf(boolean condition, Buffer buffer) {
    return of(Access.read(buffer, condition ? buffer.bytes() : 0));
  }
}
