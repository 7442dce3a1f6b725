// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.random.Philox;
import org.junit.jupiter.api.Test;

class RocAucTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static float[] scores(float... scores) {
    return scores;
  }

  private static int[] labels(int... labels) {
    return labels;
  }

  /** Of 4 pairs 3 are in order: 0.35 is below 0.4. */
  @Test
  void pairsInOrderAreCounted() {
    assertEquals(0.75, RocAuc.of(scores(0.1f, 0.4f, 0.35f, 0.8f), labels(0, 0, 1, 1)));
    assertEquals(0.25, RocAuc.of(scores(0.1f, 0.4f, 0.35f, 0.8f), labels(1, 1, 0, 0)));
    assertEquals(1, RocAuc.of(scores(2, -1, 3), labels(1, 0, 1)));
    assertEquals(0, RocAuc.of(scores(2, -1, 3), labels(0, 1, 0)));
  }

  /** Of 6 pairs 4 are in order, and 2 are ties. */
  @Test
  void tiesCountHalf() {
    assertEquals(5 / 6.0, RocAuc.of(scores(1, 2, 3, 2, 2), labels(0, 1, 1, 0, 0)));
    assertEquals(0.5, RocAuc.of(scores(7, 7, 7, 7, 7), labels(0, 1, 0, 0, 1)));
    assertEquals(0.5, RocAuc.of(scores(0f, -0f), labels(0, 1)));
    assertEquals(0.5, RocAuc.of(scores(0f, -0f), labels(1, 0)));
  }

  @Test
  void infiniteScoresRankAsSuch() {
    assertEquals(0.625, RocAuc.of(scores(INFINITY, -INFINITY, INFINITY, 0), labels(1, 0, 0, 1)));
  }

  /** More pairs than an int counts, with many ties, against the definition pair by pair. */
  @Test
  void manyInstancesAgreeWithTheDefinition() {
    int each = 40_000;
    float[] scores = new float[2 * each];
    int[] labels = new int[2 * each];
    Philox random = new Philox(1, 0, 0);
    long[][] histogram = new long[2][100];
    for (int i = 0; i < scores.length; i++) {
      random.block(i);
      labels[i] = i % 2;
      int score = (int) (random.uniform(0) * 80) + labels[i] * 20;
      scores[i] = score;
      histogram[labels[i]][score]++;
    }
    double pairs = 0;
    for (int p = 0; p < 100; p++) {
      for (int n = 0; n <= p; n++) {
        pairs += histogram[1][p] * histogram[0][n] * (n == p ? 0.5 : 1);
      }
    }
    assertEquals(pairs / each / each, RocAuc.of(scores, labels), 1e-15);
  }

  @Test
  void theCallersArraysStayAsTheyAre() {
    float[] scores = scores(3, 1, 2);
    RocAuc.of(scores, labels(1, 0, 1));
    assertEquals(3, scores[0]);
  }

  @Test
  void badInputIsRefused() {
    assertRefused(scores(1, 2), labels(1, 1), "none of 2 labels is 0", "both classes");
    assertRefused(scores(1, 2), labels(0, 0), "none of 2 labels is 1");
    assertRefused(scores(), labels(), "none of 0 labels");
    assertRefused(scores(1, Float.NaN), labels(0, 1), "score of instance 1 is NaN", "finite");
    assertRefused(scores(1, 2, 3), labels(0, 1, 2), "label of instance 2 is 2", "0 or 1");
    assertRefused(scores(1, 2, 3), labels(0, 1), "3 scores, 2 labels");
  }

  private static void assertRefused(float[] scores, int[] labels, String... texts) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> RocAuc.of(scores, labels)).getMessage();
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
  }
}
