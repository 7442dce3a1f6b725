// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which share of a data set each class has, set beside set, as bars. */
public final class ClassBalance {
  private static final double LEFT = 20;
  private static final double TOP = 60;
  private static final double HEIGHT = 160;
  private static final double BOTTOM = 30;
  private static final double BAR = 14;
  private static final double GAP = 14;

  private final List<String> names;
  private final List<double[]> shares = new ArrayList<>();
  private final int classes;
  private final double highest;

  private ClassBalance(Map<String, Dataset> sets) {
    names = List.copyOf(sets.keySet());
    for (Dataset set : sets.values()) {
      double size = set.size();
      shares.add(Arrays.stream(set.classCounts()).mapToDouble(count -> count / size).toArray());
    }
    classes = shares.stream().mapToInt(s -> s.length).max().orElse(0);
    highest = shares.stream().flatMapToDouble(Arrays::stream).max().orElse(0);
  }

  /**
   * Draws data sets as SVG.
   *
   * @param sets one or more, by their names, in the order of the bars
   * @return a document that stands alone or inside a page of HTML
   * @throws IllegalArgumentException if there is no set
   */
  public static String svg(Map<String, Dataset> sets) {
    if (sets.isEmpty()) {
      throw new IllegalArgumentException("there is no data set to draw");
    }
    return new ClassBalance(sets).draw();
  }

  private String draw() {
    double group = names.size() * BAR + GAP;
    double width = Math.max(2 * LEFT + classes * group, 2 * LEFT + Svg.width(legendText()));
    Svg svg = new Svg(width, TOP + HEIGHT + BOTTOM, "Share of each class");
    svg.text(LEFT, 22, "title", "Share of each class");
    legend(svg);
    for (int set = 0; set < names.size(); set++) {
      for (int c = 0; c < shares.get(set).length; c++) {
        double height = HEIGHT * shares.get(set)[c] / highest;
        bar(svg, LEFT + c * group + set * BAR, height, set);
      }
    }
    for (int c = 0; c < classes; c++) {
      double middle = LEFT + c * group + names.size() * BAR / 2;
      svg.text(middle, TOP + HEIGHT + 18, "middle", Integer.toString(c));
    }
    double equal = TOP + HEIGHT * (1 - 1.0 / classes / highest);
    svg.line(LEFT, equal, width - LEFT, equal, "axis dashed");
    svg.line(LEFT, TOP + HEIGHT, width - LEFT, TOP + HEIGHT, "axis");
    return svg.end();
  }

  private static void bar(Svg svg, double x, double height, int set) {
    svg.markup()
        .empty(
            "rect",
            "x",
            x,
            "y",
            TOP + HEIGHT - height,
            "width",
            BAR - 1,
            "height",
            height,
            "class",
            "d" + set % 6);
  }

  private void legend(Svg svg) {
    double x = LEFT;
    for (int set = 0; set < names.size(); set++) {
      svg.markup()
          .empty("rect", "x", x, "y", 34.0, "width", 10, "height", 10, "class", "d" + set % 6);
      svg.text(x + 16, 43, "", names.get(set));
      x += Svg.width("  " + names.get(set)) + 16;
    }
    svg.text(x, 43, "muted", "- - " + equalText());
  }

  private String equalText() {
    return Words.fixed(100.0 / classes, 1) + " %: all alike";
  }

  private String legendText() {
    return String.join("      ", names) + "        " + equalText();
  }
}
