// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Assign;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.LossScaling;
import io.convoy.ops.ScheduledRate;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import java.util.Arrays;
import java.util.List;

/** What changes variables. */
final class Updates {
  private Updates() {}

  static void scheduledRate(ScheduledRate op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double factor = op.schedule().factor((int) in.get(1).item());
    out.get(0).values()[0] = in.get(0).item() * factor;
  }

  static void assign(Assign op, List<DoubleTensor> in, List<DoubleTensor> out) {
    for (int first = 0; first < in.size(); first += Assign.STRIDE) {
      assign(op, in.get(first).values(), in.get(first + 1).values());
    }
  }

  static void assignSums(FusedAssign op, List<DoubleTensor> in, List<DoubleTensor> out) {
    for (int first = 0; first < in.size(); first += Assign.STRIDE) {
      double[] variable = in.get(first).values();
      double[] value = in.get(first + 1).values();
      boolean one = variable.length == 1;
      assign(op.root(), variable, one ? new double[] {Arrays.stream(value).sum()} : value);
    }
  }

  private static void assign(Assign op, double[] variable, double[] value) {
    for (int i = 0; i < variable.length; i++) {
      double kept = op.keep() == 0 ? 0 : op.keep() * variable[i]; // 0 NaN would be NaN
      double added = op.add() == 0 ? 0 : op.add() * value[i];
      variable[i] = kept + added;
    }
  }

  static void update(Update op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double rate = in.get(0).item();
    double step = in.get(1).item() + 1;
    double scale = in.get(2).item();
    if (scale == 0) {
      return;
    }
    for (int first = Update.SCALARS; first < in.size(); first += op.stride()) {
      List<DoubleTensor> tensors = in.subList(first, first + op.stride());
      double[] gradient = tensors.get(1).values();
      for (int i = 0; i < gradient.length; i++) {
        one(op.rule().plain(), tensors, i, gradient[i] * scale, rate, step);
        if (op.rule() instanceof UpdateRule.Averaged averaged) {
          average(averaged.momentum(), tensors, i, step);
        }
      }
    }
  }

  static void lossScaling(LossScaling op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double norm = in.get(0).item();
    double scale = in.get(1).item();
    boolean good = Math.abs(norm) <= Float.MAX_VALUE; // false for NaN
    double steps = good ? in.get(2).item() + 1 : 0;
    boolean grows = steps >= op.growthInterval();
    boolean skips = !good && scale > LossScaling.LEAST;
    double limit = good && op.clipNorm() > 0 ? op.clipNorm() / norm : Double.POSITIVE_INFINITY;
    out.get(0).values()[0] = skips ? 0 : Math.min(1 / scale, limit);
    out.get(1).values()[0] = good ? grown(scale, grows) : Math.max(scale / 2, LossScaling.LEAST);
    out.get(2).values()[0] = grows ? 0 : steps;
    out.get(3).values()[0] = skips ? 0 : 1;
  }

  private static double grown(double scale, boolean grows) {
    return grows && 2 * scale <= Float.MAX_VALUE ? 2 * scale : scale;
  }

  private static void one(
      UpdateRule rule, List<DoubleTensor> tensors, int i, double g, double rate, double step) {
    double[] p = tensors.get(0).values();
    if (rule instanceof UpdateRule.Sgd) {
      p[i] = sgd((UpdateRule.Sgd) rule, p[i], tensors, i, g, rate);
    } else if (rule instanceof UpdateRule.Adam) {
      p[i] = adam((UpdateRule.Adam) rule, p[i], tensors, i, g, rate, step);
    } else {
      p[i] = rmsProp((UpdateRule.RmsProp) rule, p[i], tensors, i, g, rate);
    }
  }

  private static void average(double momentum, List<DoubleTensor> tensors, int i, double step) {
    double[] average = tensors.get(tensors.size() - 1).values();
    double kept = step == 1 ? 0 : momentum * average[i]; // 0 NaN would be NaN
    average[i] = kept + (step == 1 ? 1 : 1 - momentum) * tensors.get(0).values()[i];
  }

  private static double sgd(
      UpdateRule.Sgd rule, double p, List<DoubleTensor> tensors, int i, double g, double rate) {
    double decayed = p - rate * rule.weightDecay() * p;
    if (rule.momentum() == 0) {
      return decayed - rate * g;
    }
    double[] m = tensors.get(2).values();
    m[i] = rule.momentum() * m[i] - rate * g;
    return decayed + (rule.nesterov() ? rule.momentum() * m[i] - rate * g : m[i]);
  }

  private static double adam(
      UpdateRule.Adam rule,
      double p,
      List<DoubleTensor> tensors,
      int i,
      double g,
      double rate,
      double step) {
    double beta1 = rule.beta1();
    double beta2 = rule.beta2();
    double[] m = tensors.get(2).values();
    double[] v = tensors.get(3).values();
    m[i] += (1 - beta1) * (g - m[i]);
    v[i] += (1 - beta2) * (g * g - v[i]);
    double decayed = p - rate * rule.weightDecay() * p;
    double corrected = rate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step));
    return decayed - corrected * m[i] / (Math.sqrt(v[i]) + rule.epsilon());
  }

  private static double rmsProp(
      UpdateRule.RmsProp rule, double p, List<DoubleTensor> tensors, int i, double g, double rate) {
    double rho = rule.rho();
    double[] v = tensors.get(2).values();
    double decayed = p - rate * rule.weightDecay() * p;
    v[i] = rho * v[i] + (1 - rho) * g * g;
    double step = rate * g / Math.sqrt(v[i] + rule.epsilon());
    if (rule.momentum() == 0) {
      return decayed - step;
    }
    double[] m = tensors.get(3).values();
    m[i] = rule.momentum() * m[i] + step;
    return decayed - m[i];
  }
}
