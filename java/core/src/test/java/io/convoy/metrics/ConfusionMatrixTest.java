// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scores worked out by hand after scikit-learn's definitions. */
class ConfusionMatrixTest {
  private static final double TOLERANCE = 1e-15;

  /** Class 2 occurs and is never predicted, class 3 is predicted once and never occurs. */
  private static final ConfusionMatrix FIVE =
      ConfusionMatrix.of(
          new int[] {0, 0, 0, 0, 1, 1, 1, 2, 2, 1}, new int[] {0, 0, 0, 1, 1, 1, 0, 1, 0, 3}, 5);

  private static void assertScores(
      double precision, double recall, double f1, long support, ClassScores scores) {
    assertEquals(precision, scores.precision(), TOLERANCE);
    assertEquals(recall, scores.recall(), TOLERANCE);
    assertEquals(f1, scores.f1(), TOLERANCE);
    assertEquals(support, scores.support());
  }

  @Test
  void countsAreByTrueThenByPredictedClass() {
    int[][] counts = {{3, 1, 0, 0}, {1, 2, 0, 1}, {1, 1, 0, 0}, {0, 0, 0, 0}};
    for (int label = 0; label < 4; label++) {
      for (int prediction = 0; prediction < 4; prediction++) {
        assertEquals(counts[label][prediction], FIVE.count(label, prediction));
      }
    }
    assertEquals(5, FIVE.classes());
    assertEquals(10, FIVE.total());
    assertEquals(0.5, FIVE.accuracy());
  }

  @Test
  void scoresOfAClassAre0WhereADenominatorIs0() {
    assertScores(3 / 5.0, 3 / 4.0, 2 / 3.0, 4, FIVE.scores(0));
    assertScores(1 / 2.0, 1 / 2.0, 1 / 2.0, 4, FIVE.scores(1));
    assertScores(0, 0, 0, 2, FIVE.scores(2));
    assertScores(0, 0, 0, 0, FIVE.scores(3));
    assertScores(0, 0, 0, 0, FIVE.scores(4));
  }

  /** Class 4 neither occurs nor is predicted: four classes share in the mean. */
  @Test
  void theMacroAverageTakesClassesAlike() {
    assertScores(11 / 40.0, 5 / 16.0, 7 / 24.0, 10, FIVE.macroAverage());
  }

  @Test
  void theWeightedAverageTakesThemBySupport() {
    assertScores(0.44, 0.5, 7 / 15.0, 10, FIVE.weightedAverage());
  }

  @Test
  void theTextShowsScoresAndCounts() {
    assertEquals(
        """
        class             precision  recall      F1  support
        cat                  0.6000  0.7500  0.6667        4
        dog                  0.5000  0.5000  0.5000        4
        bird                 0.0000  0.0000  0.0000        2
        3                    0.0000  0.0000  0.0000        0
        macro average        0.2750  0.3125  0.2917       10
        weighted average     0.4400  0.5000  0.4667       10

        true \\ predicted  cat  dog  bird  3
        cat                 3    1     0  0
        dog                 1    2     0  1
        bird                1    1     0  0
        3                   0    0     0  0
        """,
        FIVE.toText(List.of("cat", "dog", "bird", "3", "unseen"), 4));
  }

  @Test
  void ofManyClassesTheWorstAreShown() {
    List<String> lines = FIVE.toText(3).lines().toList();
    assertEquals("The 3 of 4 classes with the lowest F1:", lines.get(0));
    assertEquals(
        List.of(
            "true \\ predicted  2  3  1  others",
            "2                 0  0  1       1",
            "3                 0  0  0       0",
            "1                 0  1  2       1"),
        lines.subList(9, 13));
    assertEquals("macro average        0.2750  0.3125  0.2917       10", lines.get(6));
  }

  @Test
  void theCsvHoldsAllClasses() {
    assertEquals(
        """
        true,0,1,2,3,4
        0,3,1,0,0,0
        1,1,2,0,1,0
        2,1,1,0,0,0
        3,0,0,0,0,0
        4,0,0,0,0,0
        """,
        FIVE.toCsv());
    ConfusionMatrix two = ConfusionMatrix.of(new int[] {1}, new int[] {0}, 2);
    assertEquals(
        "true,\"a,b\",\"say \"\"c\"\"\"\n\"a,b\",0,0\n\"say \"\"c\"\"\",1,0\n",
        two.toCsv(List.of("a,b", "say \"c\"")));
  }

  @Test
  void aPerfectPredictionScores1() {
    int[] labels = IntStream.range(0, 300).map(i -> i % 3).toArray();
    ConfusionMatrix perfect = ConfusionMatrix.of(labels, labels, 3);
    assertScores(1, 1, 1, 300, perfect.macroAverage());
    assertScores(1, 1, 1, 300, perfect.weightedAverage());
  }

  @Test
  void badInputIsRefused() {
    int[] one = {0};
    assertRefused(() -> ConfusionMatrix.of(one, new int[] {0, 0}, 1), "1 labels, 2 predictions");
    assertRefused(() -> ConfusionMatrix.of(new int[0], new int[0], 1), "an instance at least");
    assertRefused(() -> ConfusionMatrix.of(one, one, -1), "at least 1 class, is -1");
    assertRefused(
        () -> ConfusionMatrix.of(one, new int[] {2}, 2), "prediction of instance 0 is 2", "0 to 1");
    assertRefused(() -> ConfusionMatrix.of(new int[] {-1}, one, 2), "label of instance 0 is -1");
    assertRefused(() -> FIVE.toText(0), "limit is 0");
    assertRefused(() -> FIVE.toText(List.of("a"), 4), "1 names for 5 classes");
    assertRefused(() -> FIVE.toCsv(List.of()), "0 names for 5 classes");
  }

  private static void assertRefused(Runnable call, String... texts) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
  }
}
