// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.benchmarks.micro.ConvoyEntry;
import io.convoy.contest.Batch;
import io.convoy.contest.Check;
import io.convoy.contest.Contestant;
import io.convoy.contest.Net;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The rules of the contest. */
class ContestTest {
  /** Predicts the same for all images, however long it trains. */
  private record Stubborn(long parameters) implements Contestant {
    @Override
    public void train(Batch batch) {}

    @Override
    public void infer(Batch batch, float[] probabilities) {
      Arrays.fill(probabilities, 0.1f);
    }

    @Override
    public void close() {}
  }

  @Test
  void dataIsTheSameAtEveryCallAndInBothLayouts() {
    Batch first = Batch.draw(Net.RESNET18, 3, 2).get(1);
    Batch second = Batch.draw(Net.RESNET18, 3, 2).get(1);
    assertEquals(first.nhwc(), second.nhwc());
    assertArrayEquals(first.labels(), second.labels());
    // image 2, row 5, column 7, channel 1
    assertEquals(
        first.nhwc().get(((2 * 32 + 5) * 32 + 7) * 3 + 1),
        first.nchw().get(((2 * 3 + 1) * 32 + 5) * 32 + 7));
    assertEquals(1, first.oneHot().get(2 * Net.CLASSES + first.labels()[2]));
  }

  @Test
  void crossEntropyIsThatOfTheLabels() {
    Batch batch = Batch.draw(Net.MLP, 2, 1).get(0);
    float[] uniform = new float[2 * Net.CLASSES];
    Arrays.fill(uniform, 0.1f);
    assertEquals(Math.log(10), batch.crossEntropy(uniform), 1e-6);
    uniform[3] = 0.5f;
    assertThrows(IllegalStateException.class, () -> batch.crossEntropy(uniform));
  }

  @Test
  void whoDoesNotLearnIsNotTimed() {
    Contestant stubborn = new Stubborn(Net.MLP.parameters());
    Exception e =
        assertThrows(
            IllegalStateException.class, () -> Check.learns("stubborn", Net.MLP, stubborn));
    assertTrue(e.getMessage().contains("it does not learn"), e.getMessage());
  }

  @Test
  void whoBuildsAnotherNetIsNotTimed() {
    Exception e =
        assertThrows(
            IllegalStateException.class, () -> Check.learns("other", Net.MLP, new Stubborn(7)));
    assertTrue(e.getMessage().contains("7 parameters instead of 535818"), e.getMessage());
  }

  @Test
  void convoyLearns() {
    try (ConvoyEntry convoy = new ConvoyEntry(Net.MLP, "cpu")) {
      assertTrue(Check.learns("convoy", Net.MLP, convoy).startsWith("convoy mlp: loss"));
    }
  }
}
