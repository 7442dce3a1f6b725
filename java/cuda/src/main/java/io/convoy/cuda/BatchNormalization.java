// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.cuda.device.Buffer;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;

/**
 * Batch normalisation of x [..., C], by kernels of ours: cuDNN's keeps 1 / sqrt(variance + epsilon)
 * instead of the variance and has no gradient for given statistics.
 */
final class BatchNormalization {
  private final Site site;
  private final long rows;
  private final int channels;

  private BatchNormalization(Site site) {
    this.site = site;
    this.channels = site.in(0).shape().dim(-1);
    this.rows = site.in(0).elements() / channels;
  }

  static void forward(BatchNorm op, Site site) {
    Operand mean = site.out(1);
    Operand variance = site.out(2);
    BatchNormalization made = new BatchNormalization(site);
    made.statistics(mean.buffer(), variance.buffer());
    made.normalise(
        site.in(1).buffer(), site.in(2).buffer(), mean.buffer(), variance.buffer(), op.epsilon());
  }

  static void inference(BatchNormInference op, Site site) {
    site.reuse(0, 0);
    new BatchNormalization(site)
        .normalise(
            site.in(1).buffer(),
            site.in(2).buffer(),
            site.in(3).buffer(),
            site.in(4).buffer(),
            op.epsilon());
  }

  private void statistics(Buffer mean, Buffer variance) {
    Columns columns = Columns.of(2, site.in(0), site);
    site.kernel(
        "batch_norm_statistics_" + type(),
        columns.grid(),
        of(site.in(0).buffer()),
        of(mean),
        of(variance),
        columns.partials(),
        columns.counters(),
        of(rows),
        of(channels));
  }

  private String type() {
    return site.in(0).type();
  }

  private void normalise(Buffer gamma, Buffer beta, Buffer mean, Buffer variance, float epsilon) {
    Operand y = site.out(0);
    site.kernel(
        "batch_norm_forward_" + type(),
        y.packs(),
        of(site.in(0).buffer()),
        of(gamma),
        of(beta),
        of(mean),
        of(variance),
        of(y.buffer()),
        of(rows),
        of(channels),
        of(epsilon));
  }

  static void gradient(BatchNormGrad op, Site site) {
    BatchNormalization made = new BatchNormalization(site);
    made.parameterGradients(op.epsilon());
    made.inputGradient(op);
  }

  private void parameterGradients(float epsilon) {
    Columns columns = Columns.of(2, site.in(0), site);
    site.kernel(
        "batch_norm_parameters_backward_" + type(),
        columns.grid(),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        of(site.in(3).buffer()),
        of(site.in(4).buffer()),
        of(site.out(1).buffer()),
        of(site.out(2).buffer()),
        columns.partials(),
        columns.counters(),
        of(rows),
        of(channels),
        of(epsilon));
  }

  private void inputGradient(BatchNormGrad op) {
    Operand dx = site.out(0);
    site.kernel(
        "batch_norm_backward_" + type(),
        dx.packs(),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        of(site.in(3).buffer()),
        of(site.in(4).buffer()),
        of(site.out(1).buffer()),
        of(site.out(2).buffer()),
        of(dx.buffer()),
        of(rows),
        of(channels),
        of(op.epsilon()),
        of(op.givenStatistics() ? 0f : 1f / rows));
  }
}
