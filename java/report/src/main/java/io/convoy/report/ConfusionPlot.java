// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.metrics.ConfusionMatrix;
import java.util.List;

/**
 * A confusion matrix as a heat map with its counts: a row for each true and a column for each
 * predicted class. A cell is the darker the greater its share of the true class, by the square
 * root, so that rare mistakes are seen. Lengths are in pixels.
 */
public final class ConfusionPlot {
  /** As many classes as can be read. */
  static final int LIMIT = 30;

  private static final double MARGIN = 16;
  private static final double HEADER = 50;
  private static final double MOST_LABEL = 150;
  private static final double LEAST_CELL = 28;

  /** Text stays readable on the darkest cell, in light and in dark. */
  private static final double DARKEST = 0.5;

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final List<Integer> shown;
  private final double cell;
  private final double labels;

  private ConfusionPlot(ConfusionMatrix matrix, List<String> names) {
    this.matrix = matrix;
    this.names = names;
    this.shown = matrix.worst(LIMIT);
    double widest = LEAST_CELL;
    double longest = Svg.width("true");
    for (int label : shown) {
      longest = Math.max(longest, Svg.width(names.get(label)));
      for (int predicted : shown) {
        String count = Words.count(matrix.count(label, predicted));
        widest = Math.max(widest, Svg.width(count) + 8);
      }
    }
    this.cell = widest;
    this.labels = Math.min(MOST_LABEL, longest);
  }

  /**
   * Plots a matrix.
   *
   * @param matrix the counts
   * @param names of its classes
   * @return the plot, of more than 30 classes those that are recognised worst
   * @throws IllegalArgumentException if it isn't a name a class
   */
  public static ConfusionPlot of(ConfusionMatrix matrix, List<String> names) {
    if (names.size() != matrix.classes()) {
      throw new IllegalArgumentException(
          names.size() + " names for " + matrix.classes() + " classes; each wants one");
    }
    return new ConfusionPlot(matrix, names);
  }

  /**
   * Draws it as SVG, in the reader's choice of light or dark.
   *
   * @return a document that stands alone or inside a page of HTML
   */
  public String svg() {
    boolean upright = shown.stream().anyMatch(c -> Svg.width(names.get(c)) > cell - 4);
    double left = MARGIN + labels + 8;
    double top = HEADER + (upright ? labels : Svg.FONT) + 8;
    double side = cell * shown.size();
    double width = Math.max(left + side + MARGIN, left + Svg.width("predicted") + MARGIN);
    Svg svg = new Svg(width, top + side + MARGIN, "Confusion matrix: true and predicted classes");
    svg.text(left, 24, "title", "predicted");
    svg.text(left - 8, top - 8, "title end", "true");
    for (int i = 0; i < shown.size(); i++) {
      String name = Svg.fit(names.get(shown.get(i)), labels);
      double middle = (i + 0.5) * cell;
      svg.text(left - 8, top + middle + 4, "end", name);
      column(svg, name, left + middle, top - 8, upright);
      for (int j = 0; j < shown.size(); j++) {
        draw(svg, shown.get(i), shown.get(j), left + j * cell, top + i * cell);
      }
    }
    return svg.end();
  }

  private static void column(Svg svg, String name, double x, double y, boolean upright) {
    if (upright) {
      String turn = "rotate(-90 " + Markup.number(x + 4) + " " + Markup.number(y) + ")";
      svg.markup().element("text", name, "x", x + 4, "y", y, "transform", turn);
    } else {
      svg.text(x, y, "middle", name);
    }
  }

  /** A cell's ground, and on it the colour of the group. */
  private void draw(Svg svg, int label, int predicted, double x, double y) {
    int count = matrix.count(label, predicted);
    long support = matrix.scores(label).support();
    double share = support == 0 ? 0 : (double) count / support;
    String hint = "true " + names.get(label) + ", predicted " + names.get(predicted) + ": " + count;
    svg.markup()
        .open("g", "class", label == predicted ? "right" : "wrong")
        .element("title", hint)
        .empty(
            "rect", "x", x + 1, "y", y + 1, "width", cell - 2, "height", cell - 2, "class", "empty")
        .empty(
            "rect",
            "x",
            x + 1,
            "y",
            y + 1,
            "width",
            cell - 2,
            "height",
            cell - 2,
            "fill-opacity",
            DARKEST * Math.sqrt(share))
        .close();
    if (count > 0) {
      svg.text(x + cell / 2, y + cell / 2 + 4, "middle", Words.count(count));
    }
  }
}
