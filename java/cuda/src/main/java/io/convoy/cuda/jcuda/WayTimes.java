// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How ways did beside each other.
 *
 * @param ranking the fastest first
 * @param refused how many could not be used
 */
record WayTimes(List<Timed> ranking, int refused) {
  private static final double NANOS_A_MICROSECOND = 1e3;

  /**
   * A way and its time.
   *
   * @param way the way
   * @param nanos of one call
   */
  record Timed(Way way, long nanos) {
    /** Of the algorithms, of the engines, or of those for more than the convolution. */
    private int kind() {
      return !(way.choice() instanceof ConvolutionChoice.Engine engine)
          ? 0
          : engine.fused() ? 2 : 1;
    }

    private String time() {
      return String.format(Locale.ROOT, "%.1f us", nanos / NANOS_A_MICROSECOND);
    }
  }

  static WayTimes of(List<Way> ways, long[] nanos, int refused) {
    List<Timed> ranking = new ArrayList<>();
    for (int i = 0; i < nanos.length; i++) {
      ranking.add(new Timed(ways.get(i), nanos[i]));
    }
    ranking.sort(Comparator.comparingLong(Timed::nanos)); // of equals the first stays before
    return new WayTimes(List.copyOf(ranking), refused);
  }

  Way fastest() {
    return ranking.get(0).way();
  }

  /** The time of the fastest, of the fastest of each other kind, and counts, for people. */
  String told() {
    Map<Integer, Timed> best = new LinkedHashMap<>();
    ranking.forEach(timed -> best.putIfAbsent(timed.kind(), timed));
    String others =
        best.values().stream()
            .skip(1)
            .map(timed -> timed.way().name() + " " + timed.time())
            .collect(Collectors.joining(", "));
    return ranking.get(0).time()
        + (others.isEmpty() ? "" : " (" + others + ")")
        + ", "
        + ranking.size()
        + " tried, "
        + refused
        + " refused";
  }
}
