// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.random.Streams;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A random order of instances in which every stretch has about the same shares of the classes. */
final class Stratified {
  private Stratified() {}

  /**
   * Spreads the instances of each class, in random order, evenly over the whole: the k-th of n
   * comes at (k + 1/2) / n of it.
   *
   * @param labels each from 0 to classes - 1
   * @return indices into the labels
   */
  static int[] order(int[] labels, int classes, long seed) {
    int[][] members = members(labels, classes);
    double[] places = new double[labels.length];
    Shuffle shuffle = new Shuffle(seed, Streams.stratification());
    for (int c = 0; c < classes; c++) {
      int[] order = new int[members[c].length];
      shuffle.permute(order, c);
      for (int k = 0; k < order.length; k++) {
        places[members[c][order[k]]] = (k + 0.5) / order.length;
      }
    }
    return IntStream.range(0, labels.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> places[i]).thenComparing(i -> labels[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns each class's instances. */
  private static int[][] members(int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] members = new int[classes][];
    for (int c = 0; c < classes; c++) {
      members[c] = new int[counts[c]];
    }
    for (int i = labels.length - 1; i >= 0; i--) {
      members[labels[i]][--counts[labels[i]]] = i;
    }
    return members;
  }
}
