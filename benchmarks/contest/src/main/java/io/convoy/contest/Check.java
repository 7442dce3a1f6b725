// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

import java.util.List;
import java.util.Locale;

/** What a contestant must pass before it is timed: one that trains wrongly is worse than none. */
public final class Check {
  private static final int BATCH = 8;

  /** A tanh net with unlucky initial weights takes 40 steps; ResNet-18 takes 10. */
  private static final int MOST_STEPS = 100;

  private static final int STEPS_BETWEEN_LOOKS = 10;

  /** How far the loss on 16 images must fall. */
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
          name
              + " built "
              + net.id()
              + " with "
              + contestant.parameters()
              + " parameters instead of "
              + net.parameters());
    }
    List<Batch> data = Batch.draw(net, BATCH, 2);
    double before = loss(contestant, data);
    double after = before;
    int step = 0;
    while (!(after < FALL * before) && step < MOST_STEPS) {
      for (int i = 0; i < STEPS_BETWEEN_LOOKS; i++) {
        contestant.train(data.get(step++ % data.size()));
      }
      after = loss(contestant, data);
    }
    String losses =
        String.format(
            Locale.ROOT,
            "%s %s: loss %.3f, after %d steps %.3f",
            name,
            net.id(),
            before,
            step,
            after);
    if (!(after < FALL * before)) {
      throw new IllegalStateException(losses + "; it does not learn");
    }
    return losses;
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
