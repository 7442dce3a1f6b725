// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static io.convoy.testkit.ByHand.dims;
import static io.convoy.testkit.ByHand.row;

import io.convoy.graph.Value;
import io.convoy.ops.Assign;
import io.convoy.ops.ScheduledRate;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import io.convoy.schedules.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One step of each rule: rate 1/2, gradient 4 times scale 1/2, parameter 2. */
class UpdatesByHandTest {
  private final ByHand hand = new ByHand();

  @Test
  void sgd() {
    check(new UpdateRule.Sgd(0, false, 0), 0, row(), 1);
    check(new UpdateRule.Sgd(0, false, 0.25f), 0, row(), 0.75);
  }

  @Test
  void momentum() {
    check(new UpdateRule.Sgd(0.5f, false, 0), 0, row(0), 1, -1);
    check(new UpdateRule.Sgd(0.5f, false, 0), 0, row(4), 3, 1);
    check(new UpdateRule.Sgd(0.5f, true, 0.25f), 0, row(0), 1.75 - 0.5 - 1, -1);
  }

  @Test
  void adam() {
    // m = 1, v = 1; the corrections cancel at t = 1 and are 0.88 at t = 2.
    check(new UpdateRule.Adam(0.5f, 0.75f, 0, 0), 0, row(0, 0), 1.5, 1, 1);
    double corrected = Math.sqrt(1 - 0.5625) / (1 - 0.25);
    check(new UpdateRule.Adam(0.5f, 0.75f, 0, 0), 1, row(0, 0), 2 - corrected / 2, 1, 1);
    check(new UpdateRule.Adam(0.5f, 0.75f, 1, 0.25f), 0, row(0, 0), 1.75 - 0.25, 1, 1);
    // m = 3 + (2 - 3) / 2, v = 9 + (4 - 9) / 4
    double step = 0.5 * 2.5 / Math.sqrt(7.75);
    check(new UpdateRule.Adam(0.5f, 0.75f, 0, 0), 0, row(3, 9), 2 - step, 2.5, 7.75);
  }

  @Test
  void rmsProp() {
    check(new UpdateRule.RmsProp(0.75f, 0, 0, 0), 0, row(0), 1, 1);
    check(new UpdateRule.RmsProp(0.75f, 0, 3, 0.25f), 0, row(0), 1.75 - 0.5, 1);
    check(new UpdateRule.RmsProp(0.75f, 0.5f, 0, 0), 0, row(0, 2), 0, 1, 2);
  }

  /** The parameter becomes 1; a first step forgets what was in the average. */
  @Test
  void averages() {
    UpdateRule averaged = new UpdateRule.Averaged(new UpdateRule.Sgd(0, false, 0), 0.75f);
    check(averaged, 0, row(5), 1, 1);
    check(averaged, 1, row(5), 1, 4);
    UpdateRule momentum = new UpdateRule.Averaged(new UpdateRule.Sgd(0.5f, false, 0), 0.75f);
    check(momentum, 7, row(4, 7), 3, 1, 6);
  }

  private void check(UpdateRule rule, int iterations, double[] slots, double... written) {
    List<Value> inputs = new ArrayList<>();
    inputs.add(hand.in(dims(), 0.5));
    inputs.add(hand.counter(iterations));
    inputs.add(hand.in(dims(), 0.5));
    inputs.add(hand.in(dims(1), 2));
    inputs.add(hand.in(dims(1), 4));
    double[][] expected = new double[inputs.size() + slots.length][];
    expected[Update.SCALARS] = row(written[0]);
    for (int i = 0; i < slots.length; i++) {
      expected[inputs.size()] = row(written[1 + i]);
      inputs.add(hand.in(dims(1), slots[i]));
    }
    hand.expectWritten(new Update(rule), inputs, expected);
  }

  @Test
  void assign() {
    Value v = hand.in(dims(2), 3, 4);
    Value value = hand.in(dims(2), 10, 20);
    hand.expectWritten(new Assign(0.5f, 2), List.of(v, value), row(21.5, 42));
    List<Value> two = List.of(v, value, hand.in(dims(), 1), hand.in(dims(), 5));
    hand.expectWritten(new Assign(0, 1), two, row(10, 20), row(10, 20), row(5));
  }

  @Test
  void scheduledRate() {
    Value rate = hand.in(dims(), 8);
    Schedule halved = new Schedule.StepDecay(10, 0.5f);
    hand.expect(new ScheduledRate(halved), List.of(rate, hand.counter(29)), row(2));
  }
}
