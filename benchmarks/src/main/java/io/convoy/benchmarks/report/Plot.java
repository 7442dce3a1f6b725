// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
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
    Map<String, TreeMap<Double, Double>> lines = lines(rows, prefix, parameter);
    if (lines.isEmpty()) {
      return nothing(file);
    }
    XYChart chart = chart("Throughput against " + parameter, parameter);
    chart.getStyler().setXAxisLogarithmic(true);
    lines.forEach(
        (name, line) ->
            chart.addSeries(name, new ArrayList<>(line.keySet()), new ArrayList<>(line.values())));
    return write(file, chart);
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
   * Draws throughput over commits, of each commit what was measured last.
   *
   * @param file where to
   * @param runs the accepted runs, oldest first
   * @param wanted which rows to draw
   * @return whether there was anything to draw
   * @throws IOException if it can't be written
   */
  public static boolean overCommits(Path file, List<List<Row>> runs, Predicate<Row> wanted)
      throws IOException {
    Map<String, Map<String, Double>> lines = overCommits(runs, wanted);
    if (lines.isEmpty()) {
      return nothing(file);
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Throughput over commits")
            .xAxisTitle("commit (+: with changes)")
            .yAxisTitle(Unit.IMAGES_PER_SECOND.label())
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    chart.getStyler().setOverlapped(true);
    style(chart.getStyler());
    chart.getStyler().setYAxisLogarithmic(true);
    lines.forEach(
        (name, line) ->
            chart.addSeries(name, new ArrayList<>(line.keySet()), new ArrayList<>(line.values())));
    return write(file, chart);
  }

  /** Images/s by commit, by what was measured; null where a commit lacks it. */
  static Map<String, Map<String, Double>> overCommits(List<List<Row>> runs, Predicate<Row> wanted) {
    Map<String, Double> none = new LinkedHashMap<>();
    runs.forEach(run -> none.put(commit(run.get(0).origin()), null));
    Map<String, Map<String, Double>> lines = new TreeMap<>();
    for (List<Row> run : runs) {
      for (Row row : run) {
        if (wanted.test(row)) {
          lines
              .computeIfAbsent(row.id() + " " + row.subject(), k -> new LinkedHashMap<>(none))
              .put(commit(row.origin()), row.median());
        }
      }
    }
    return lines;
  }

  private static String commit(Origin origin) {
    String hash = origin.commit();
    return hash.substring(0, Math.min(HASH, hash.length())) + (origin.dirty() ? "+" : "");
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
    style(chart.getStyler());
    chart.getStyler().setYAxisLogarithmic(true);
    return chart;
  }

  private static void style(Styler styler) {
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setChartBackgroundColor(Color.WHITE);
  }

  /** Removes what an earlier run drew; a JVM without a desktop gets this far. */
  private static boolean nothing(Path file) throws IOException {
    Files.deleteIfExists(file);
    return false;
  }

  private static boolean write(Path file, Chart<?, ?> chart) throws IOException {
    Files.createDirectories(file.getParent());
    VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    return true;
  }
}
