// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Grid;
import io.convoy.ops.Assign;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.LossScaling;
import io.convoy.ops.ScheduledRate;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changes variables. */
final class Updates {
  /** Blocks for each multiprocessor: what fits it at once. */
  private static final long BLOCKS = 8;

  /** Numbers that one block adds up at most: 64 packs a thread. */
  static final int MOST_SUMMED = 64 * 4 * Site.BLOCK;

  /** Bytes of ScheduleEntry in rate.cu. */
  private static final int ENTRY = 12;

  /** An entry of the schedule's table; kinds are ScheduleKind's in rate.cu. */
  private record Entry(int kind, int steps, float value) {}

  private Updates() {}

  static void scheduledRate(ScheduledRate op, Site site) {
    List<Entry> entries = entries(op.schedule());
    Argument table =
        entries.isEmpty()
            ? new Argument.Null()
            : of(site.table((long) entries.size() * ENTRY, () -> table(entries)));
    site.kernel(
        "scheduled_rate_forward_f32",
        Grid.of(1),
        1,
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        table,
        of(entries.size()),
        to(site.out(0).buffer()));
  }

  private static List<Entry> entries(Schedule schedule) {
    List<Entry> entries = new ArrayList<>();
    Schedule at = schedule;
    while (at instanceof Schedule.WarmUp w) {
      entries.add(new Entry(3, w.steps(), 0));
      at = w.then();
    }
    if (at instanceof Schedule.StepDecay s) {
      entries.add(new Entry(0, s.steps(), s.gamma()));
    } else if (at instanceof Schedule.ExponentialDecay e) {
      entries.add(new Entry(1, e.steps(), e.gamma()));
    } else if (at instanceof Schedule.CosineDecay c) {
      entries.add(new Entry(2, c.steps(), c.end()));
    }
    return entries;
  }

  private static ByteBuffer table(List<Entry> entries) {
    ByteBuffer table = ByteBuffer.allocate(entries.size() * ENTRY).order(ByteOrder.nativeOrder());
    for (Entry entry : entries) {
      table.putInt(entry.kind()).putInt(entry.steps()).putFloat(entry.value());
    }
    return table.flip();
  }

  static void lossScaling(LossScaling op, Site site) {
    site.kernel(
        "loss_scaling_forward_f32",
        Grid.of(1),
        1,
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        to(site.out(0).buffer()),
        to(site.out(1).buffer()),
        to(site.out(2).buffer()),
        to(site.out(3).buffer()),
        of(op.growthInterval()),
        of(op.clipNorm()));
  }

  static void assign(Assign op, Site site) {
    List<Integer> all = new ArrayList<>();
    for (int first = 0; first < site.inputs(); first += Assign.STRIDE) {
      all.add(first);
    }
    assign(op, all, site);
  }

  /** Some of an instruction's variables, all of one type, by the indices of these inputs. */
  private static void assign(Assign op, List<Integer> variables, Site site) {
    Segments segments = new Segments();
    for (int first : variables) {
      Operand variable = site.lying(first);
      Operand value = site.stored(first + 1, variable.order());
      boolean number = !PlanBuilder.isInt(variable.spec()); // with 0, kernels for these don't read
      boolean forgotten = op.keep() == 0 && number;
      boolean unread = op.add() == 0 && number;
      segments.add(value, changed(forgotten, variable), added(unread, value));
    }
    Grid grid = segments.grid(BLOCKS * site.multiprocessors());
    if (PlanBuilder.isInt(site.lying(variables.get(0)).spec())) {
      segments.launch("assign_forward_i32", grid, site, of((int) op.keep()), of((int) op.add()));
    } else {
      segments.launch("assign_forward_" + segments.type(), grid, site, of(op.keep()), of(op.add()));
    }
  }

  private static Access changed(boolean forgotten, Operand variable) {
    return forgotten ? Access.write(variable.buffer()) : Access.both(variable.buffer());
  }

  private static Access added(boolean unread, Operand value) {
    return Access.read(value.buffer(), unread ? 0 : value.buffer().bytes());
  }

  /** Variables of one element by a launch that adds up their values, others one by one. */
  static void assignSums(FusedAssign op, Site site) {
    Segments sums = new Segments();
    Map<DType, List<Integer>> others = new EnumMap<>(DType.class);
    for (int first = 0; first < site.inputs(); first += Assign.STRIDE) {
      Operand variable = site.lying(first);
      if (variable.elements() == 1) {
        Operand value = site.in(first + 1);
        boolean number = !PlanBuilder.isInt(value.spec());
        Access changed = changed(op.root().keep() == 0, variable);
        sums.add(value, number, changed, added(op.root().add() == 0, value));
      } else {
        others.computeIfAbsent(variable.spec().dtype(), t -> new ArrayList<>()).add(first);
      }
    }
    others.values().forEach(variables -> assign(op.root(), variables, site));
    if (!sums.isEmpty()) {
      sums.launchEach("assign_sums_forward", site, of(op.root().keep()), of(op.root().add()));
    }
  }

  /** Whether the values of a {@link FusedAssign} are short enough for a block to add up. */
  static boolean addsUp(List<TensorSpec> inputs) {
    for (int first = 0; first < inputs.size(); first += Assign.STRIDE) {
      boolean sum = inputs.get(first).shape().elements() == 1;
      if (sum && inputs.get(first + 1).shape().elements() > MOST_SUMMED) {
        return false;
      }
    }
    return true;
  }

  static void update(Update op, Site site) {
    Segments segments = new Segments();
    UpdateRule rule = op.rule().plain();
    for (int first = Update.SCALARS; first < site.inputs(); first += op.stride()) {
      Operand parameter = site.lying(first);
      Operand gradient = site.stored(first + 1, parameter.order());
      List<Access> tensors = new ArrayList<>();
      tensors.add(Access.both(parameter.buffer()));
      tensors.add(Access.read(gradient.buffer()));
      for (int slot = 0; slot < rule.slots(); slot++) {
        tensors.add(Access.both(site.lying(first + 2 + slot).buffer()));
      }
      Optional<Operand> copy = site.copyBeside(first);
      copy.ifPresent(c -> tensors.add(Access.write(c.buffer())));
      segments.add(gradient, tensors.toArray(Access[]::new));
      copy.ifPresent(segments::narrow);
    }
    Grid grid = segments.grid(BLOCKS * site.multiprocessors());
    Argument rate = of(site.in(0).buffer());
    Argument iterations = of(site.in(1).buffer());
    Argument scale = of(site.in(2).buffer());
    if (rule instanceof UpdateRule.Sgd r) {
      segments.launch(
          "update_sgd_" + segments.type(),
          grid,
          site,
          rate,
          scale,
          of(r.momentum()),
          of(r.nesterov() ? 1 : 0),
          of(r.weightDecay()));
    } else if (rule instanceof UpdateRule.Adam r) {
      segments.launch(
          "update_adam_" + segments.type(),
          grid,
          site,
          rate,
          iterations,
          scale,
          of(r.beta1()),
          of(r.beta2()),
          of(r.epsilon()),
          of(r.weightDecay()));
    } else if (rule instanceof UpdateRule.RmsProp r) {
      segments.launch(
          "update_rmsprop_" + segments.type(),
          grid,
          site,
          rate,
          scale,
          of(r.rho()),
          of(r.momentum()),
          of(r.epsilon()),
          of(r.weightDecay()));
    }
    if (op.rule() instanceof UpdateRule.Averaged averaged) {
      average(averaged, op.stride(), site);
    }
  }

  /** Behind the update: averages of what it made. */
  private static void average(UpdateRule.Averaged rule, int stride, Site site) {
    Segments segments = new Segments();
    for (int first = Update.SCALARS; first < site.inputs(); first += stride) {
      Operand parameter = site.lying(first);
      Operand average = site.lying(first + stride - 1);
      segments.add(parameter, Access.both(average.buffer()), Access.read(parameter.buffer()));
    }
    Grid grid = segments.grid(BLOCKS * site.multiprocessors());
    Argument iterations = of(site.in(1).buffer());
    Argument scale = of(site.in(2).buffer());
    segments.launch(
        "moving_average_forward_f32", grid, site, iterations, scale, of(rule.momentum()));
  }
}
