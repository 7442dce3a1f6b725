// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

import java.util.List;
import java.util.Locale;

/** What a contestant must pass before it is timed: one that trains wrongly is worse than none. */
public final class Check {
  private static final int BATCH = 8;
  private static final int STEPS = 30;

  /** How far the loss on 16 images must fall in 30 steps; all who train rightly get below 0.6. */
  private static final double FALL = 0.7;

  private Check() {}

  /**
   * Trains for a few steps.
   *
   * @param name whose contestant it is
   * @param net the net it should have built
   * @param contestant newly built
   * @return how the loss fell, in words
   * @throws IllegalStateException if the net is another one, or does not learn
   */
  public static String learns(String name, Net net, Contestant contestant) {
    if (contestant.parameters() != net.parameters()) {
      throw new IllegalStateException(
          name + " built " + net.id() + " with " + contestant.parameters()
              + " parameters instead of " + net.parameters());
    }
    List<Batch> data = Batch.draw(net, BATCH, 2);
    double before = loss(contestant, data);
    for (int step = 0; step < STEPS; step++) {
      contestant.train(data.get(step % data.size()));
    }
    double after = loss(contestant, data);
    if (!(after < FALL * before)) {
      throw new IllegalStateException(
          name + " does not learn " + net.id() + ": loss " + before + ", after " + STEPS
              + " steps " + after);
    }
    return String.format(Locale.ROOT, "%s %s: loss %.3f -> %.3f", name, net.id(), before, after);
  }

  private static double loss(Contestant contestant, List<Batch> data) {
    float[] probabilities = new float[BATCH * Net.CLASSES];
    double sum = 0;
    for (Batch batch : data) {
      contestant.infer(batch, probabilities);
      sum += batch.crossEntropy(probabilities);
    }
    return sum / data.size();
  }
}
