// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws rows as lines in SVG, images/s on a logarithmic axis. Text becomes outlines. */
public final class Plot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 520;
  private static final int HASH = 7;

  private Plot() {}

  /**
   * Draws throughput against a parameter, or removes an older plot if there is nothing to draw.
   *
   * @param file where to
   * @param rows the rows of a run
   * @param prefix of the ids to draw
   * @param parameter name of the parameter, whose values are positive numbers
   * @return whether there was anything to draw
   * @throws IOException if it can't be written
   */
  public static boolean against(Path file, List<Row> rows, String prefix, String parameter)
      throws IOException {
    XYChart chart = chart("Throughput against " + parameter, parameter);
    chart.getStyler().setXAxisLogarithmic(true);
    return draw(file, chart, lines(rows, prefix, parameter));
  }

  static Map<String, TreeMap<Double, Double>> lines(
      List<Row> rows, String prefix, String parameter) {
    Map<String, TreeMap<Double, Double>> lines = new TreeMap<>();
    for (Row row : rows) {
      if (row.id().startsWith(prefix)) {
        String name = row.id().substring(prefix.length()) + ", threads: " + row.threads();
        double x = Double.parseDouble(row.parameters().get(parameter));
        lines.computeIfAbsent(name, k -> new TreeMap<>()).put(x, row.median());
      }
    }
    return lines;
  }

  /**
   * Draws throughput over commits.
   *
   * @param file where to
   * @param runs the accepted runs, oldest first
   * @param wanted which rows to draw
   * @return whether there was anything to draw
   * @throws IOException if it can't be written
   */
  public static boolean overCommits(Path file, List<List<Row>> runs, Predicate<Row> wanted)
      throws IOException {
    Map<String, TreeMap<Double, Double>> lines = new TreeMap<>();
    List<String> commits = new ArrayList<>();
    for (List<Row> run : runs) {
      double x = commits.size();
      Origin origin = run.get(0).origin();
      String hash = origin.commit();
      commits.add(hash.substring(0, Math.min(HASH, hash.length())) + (origin.dirty() ? "+" : ""));
      for (Row row : run) {
        if (wanted.test(row)) {
          String name = row.id() + " " + row.subject();
          lines.computeIfAbsent(name, k -> new TreeMap<>()).put(x, row.median());
        }
      }
    }
    XYChart chart = chart("Throughput over commits", "commit (+: with changes)");
    chart.getStyler().setxAxisTickLabelsFormattingFunction(label(commits));
    chart.getStyler().setXAxisMaxLabelCount(commits.size());
    return draw(file, chart, lines);
  }

  static Function<Double, String> label(List<String> commits) {
    return x -> {
      int index = (int) Math.round(x);
      boolean whole = Math.abs(x - index) < 1e-6 && index >= 0 && index < commits.size();
      return whole ? commits.get(index) : "";
    };
  }

  private static XYChart chart(String title, String xAxis) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(Unit.IMAGES_PER_SECOND.label())
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  private static boolean draw(Path file, XYChart chart, Map<String, TreeMap<Double, Double>> lines)
      throws IOException {
    if (lines.isEmpty()) {
      Files.deleteIfExists(file); // what an earlier run drew
      return false;
    }
    lines.forEach(
        (name, line) ->
            chart.addSeries(name, new ArrayList<>(line.keySet()), new ArrayList<>(line.values())));
    Files.createDirectories(file.getParent());
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    return true;
  }
}
