// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A new row beside the last accepted one.
 *
 * <p>The band: samples of one process share its luck (page placement, JIT), so the spread is not
 * divided by the root of their number. Two medians are the same within 3 standard deviations of
 * their difference, {@code 3 hypot(spread before, spread now)}; what differs by less than 5 % is no
 * news in any case.
 *
 * <p>The machine itself drifts, so where both rows know their share of a ceiling measured in their
 * own run, a row counts as slower only if its share fell beyond the band as well.
 *
 * @param before the accepted row
 * @param now the new row
 */
public record Comparison(Row before, Row now) {
  static final double LEAST_BAND = 0.05;
  private static final double MOST_BAND = 0.3;
  private static final double SIGMAS = 3;

  /** What the ratio says. */
  public enum Verdict {
    /** Inside the band. */
    SAME,
    /** Better by more than the band. */
    BETTER,
    /** Worse by more than the band. */
    WORSE,
    /** The band is too wide to tell anything: measure again on a quiet machine. */
    NOISY
  }

  /**
   * Pairs new rows with accepted ones; rows without a partner are left out.
   *
   * @param accepted rows by {@link Row#key}
   * @param rows the new run
   * @return the pairs, in the order of the new rows
   */
  public static List<Comparison> of(Map<String, Row> accepted, List<Row> rows) {
    List<Comparison> pairs = new ArrayList<>();
    for (Row row : rows) {
      Row before = accepted.get(row.key());
      if (before != null && before.unit() == row.unit()) {
        pairs.add(new Comparison(before, row));
      }
    }
    return pairs;
  }

  /**
   * Returns how many times as good the new row is.
   *
   * @return above 1 for better, whichever way the unit counts
   */
  public double ratio() {
    return goodness(before.median(), now.median());
  }

  private double goodness(double old, double fresh) {
    if (old == fresh) {
      return 1;
    }
    return now.unit().moreIsBetter() ? fresh / old : old / fresh;
  }

  /**
   * Returns how far a ratio may be from 1 by noise.
   *
   * @return such as 0.05
   */
  public double band() {
    return Math.max(LEAST_BAND, SIGMAS * Math.hypot(before.spread(), now.spread()));
  }

  /**
   * Judges.
   *
   * @return whether the difference is more than noise
   */
  public Verdict verdict() {
    if (band() > MOST_BAND) {
      return Verdict.NOISY;
    }
    boolean shares = before.share() > 0 && now.share() > 0;
    double ofCeiling = shares ? now.share() / before.share() : ratio();
    double best = Math.max(ratio(), ofCeiling);
    double worst = Math.min(ratio(), ofCeiling);
    if (best < 1 / (1 + band())) {
      return Verdict.WORSE;
    }
    return worst > 1 + band() ? Verdict.BETTER : Verdict.SAME;
  }
}
