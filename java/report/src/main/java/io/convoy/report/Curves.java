// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loss and metrics by epoch as charts, one for each, of a run or of several on top of each other.
 * Training is dashed, validation solid.
 */
public final class Curves {
  private static final String LOSS = "loss";

  private final Map<String, History> runs;

  private Curves(Map<String, History> runs) {
    this.runs = runs;
  }

  /**
   * Plots a run.
   *
   * @param history what {@link io.convoy.model.Model#fit} returned
   * @return its curves
   * @throws IllegalArgumentException if it has no epoch
   */
  public static Curves of(History history) {
    return of(Map.of("", history));
  }

  /**
   * Plots runs on top of each other, such as one on the CPU and one on the GPU.
   *
   * @param runs histories by the names that the legend shows, in the map's order
   * @return their curves
   * @throws IllegalArgumentException if there is no run, or one has no epoch
   */
  public static Curves of(Map<String, History> runs) {
    if (runs.isEmpty() || runs.values().stream().anyMatch(h -> h.epochs().isEmpty())) {
      throw new IllegalArgumentException(
          "a curve wants a run of at least 1 epoch; train before plotting");
    }
    return new Curves(runs);
  }

  /**
   * Draws all charts below each other, in the reader's choice of light or dark.
   *
   * @return a document that stands alone or inside a page of HTML
   */
  public String svg() {
    return document(names());
  }

  /** Draws each chart as a document of its own. */
  List<String> charts() {
    return names().stream().map(name -> document(List.of(name))).toList();
  }

  private String document(List<String> names) {
    List<LineChart> charts = names.stream().map(this::chart).toList();
    double height = charts.stream().mapToDouble(LineChart::height).sum();
    Svg svg = new Svg(LineChart.WIDTH, height, String.join(", ", names) + " by epoch");
    double top = 0;
    for (LineChart chart : charts) {
      chart.draw(svg, top);
      top += chart.height();
    }
    return svg.end();
  }

  /** The loss, and every metric that a run has. */
  private List<String> names() {
    Set<String> names = new LinkedHashSet<>(List.of(LOSS));
    for (History history : runs.values()) {
      names.addAll(history.epochs().get(0).training().metrics().keySet());
    }
    return List.copyOf(names);
  }

  private LineChart chart(String name) {
    List<LineChart.Line> lines = new ArrayList<>();
    boolean alone = runs.size() == 1;
    int run = 0;
    for (Map.Entry<String, History> entry : runs.entrySet()) {
      String prefix = alone ? "" : entry.getKey() + " ";
      List<LineChart.Point> training = new ArrayList<>();
      List<LineChart.Point> validation = new ArrayList<>();
      for (EpochResult epoch : entry.getValue().epochs()) {
        add(training, epoch, Optional.of(epoch.training()), name);
        add(validation, epoch, epoch.validation(), name);
      }
      lines.add(new LineChart.Line(prefix + "training", run, true, training));
      lines.add(new LineChart.Line(prefix + "validation", alone ? 1 : run, false, validation));
      run++;
    }
    return new LineChart(name, lines.stream().filter(l -> !l.points().isEmpty()).toList());
  }

  private static void add(
      List<LineChart.Point> points, EpochResult epoch, Optional<Evaluation> result, String name) {
    result
        .map(r -> name.equals(LOSS) ? Double.valueOf(r.loss()) : r.metrics().get(name))
        .ifPresent(value -> points.add(new LineChart.Point(epoch.epoch(), value)));
  }
}
