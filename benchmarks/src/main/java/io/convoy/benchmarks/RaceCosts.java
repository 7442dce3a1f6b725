// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.process.StepProfile;
import io.convoy.benchmarks.report.Ceiling;
import io.convoy.benchmarks.report.Origin;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands beside Convoy's images a second in a race: how busy the GPU is, what a training step
 * launches and moves beside the least, what of the GPU's peaks that is, and what takes most time.
 */
final class RaceCosts {
  private static final double GIGA = 1e9;
  private static final double MILLI = 1e-6; // milliseconds a nanosecond
  private static final double PERCENT = 100;

  private final Race race;
  private final Entrant.Score score;
  private final Origin origin;
  private final double stepsPerSecond;

  /**
   * Takes what was measured.
   *
   * @param score Convoy's in training, with a profile
   * @param imagesPerSecond whole epochs
   */
  RaceCosts(Race race, Entrant.Score score, double imagesPerSecond, Origin origin) {
    this.race = race;
    this.score = score;
    this.origin = origin;
    this.stepsPerSecond = imagesPerSecond / score.batch();
  }

  List<Row> rows() {
    StepProfile profile = score.profile();
    List<Row> rows = new ArrayList<>();
    double busy = profile.nanos() / GIGA * stepsPerSecond;
    rows.add(row("busy", Map.of(), Unit.PERCENT, PERCENT * busy));
    rows.add(row("launches", Map.of(), Unit.LAUNCHES, profile.launches()));
    rows.add(
        row("moved", Map.of(), Unit.BYTES, profile.movedBytes())
            .under(Ceiling.LEAST, (double) profile.leastBytes() / profile.movedBytes()));
    Optional<Peak> peak = Peak.of(score.versions());
    rows.add(
        ofPeak(
            "bandwidth",
            Unit.GB_PER_SECOND,
            profile.movedBytes() / GIGA * stepsPerSecond,
            peak.map(Peak::gigabytesPerSecond)));
    rows.add(
        ofPeak(
            "arithmetic",
            Unit.GFLOP_PER_SECOND,
            profile.flops() / GIGA * stepsPerSecond,
            peak.map(p -> p.gigaflopsPerSecond(race.precision()))));
    rows.add(cost("all steps", profile.nanos()));
    profile.largest().forEach(kind -> rows.add(cost(kind.name(), kind.nanos())));
    return rows;
  }

  private Row cost(String steps, double nanos) {
    return row("cost", Map.of("step", steps), Unit.MILLISECONDS, nanos * MILLI);
  }

  /** What is done in the time of whole epochs, beside the peak, if that is known. */
  private Row ofPeak(String what, Unit unit, double perSecond, Optional<Double> peak) {
    String stated = peak.map(p -> "%.0f %s".formatted(p, unit.label())).orElse("unknown");
    Row row = row(what, Map.of("peak", stated), unit, perSecond);
    return peak.map(p -> row.under(Ceiling.PEAK, perSecond / p)).orElse(row);
  }

  private Row row(String what, Map<String, String> more, Unit unit, double value) {
    Map<String, String> parameters = new LinkedHashMap<>(more);
    parameters.put("batch", "" + score.batch());
    parameters.put("precision", race.precision());
    return Row.of(
        "race/" + race.id() + "/train/" + what,
        score.framework(),
        score.versions(),
        parameters,
        score.threads(),
        unit,
        new double[] {value},
        origin);
  }
}
