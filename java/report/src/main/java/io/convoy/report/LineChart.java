// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** A chart of values by epoch. Values that are no numbers leave a gap. Lengths are in pixels. */
record LineChart(String title, List<Line> lines) {
  static final double WIDTH = 480;

  private static final double LEFT = 64;
  private static final double RIGHT = WIDTH - 18;
  private static final double PLOT = 188;
  private static final double LEGEND = 44;
  private static final double LEGEND_LINE = 18;
  private static final double SWATCH = 32;
  private static final int COLOURS = 6;
  private static final int MOST_DOTS = 40;
  private static final int STEPS_X = 8;
  private static final int STEPS_Y = 5;

  /** The value of an epoch. */
  record Point(int epoch, double value) {}

  /** Values with a name, and how they are drawn. */
  record Line(String name, int colour, boolean dashed, List<Point> points) {
    /** Two classes of chart.css: the colour of strokes or of dots. */
    private String style(String kind) {
      return kind + colour % COLOURS;
    }

    private String stroke() {
      return "curve " + style("s") + (dashed ? " dashed" : "");
    }
  }

  /** Where values are on the sheet. */
  private record Scale(Ticks x, Ticks y, double bottom) {
    double x(double epoch) {
      return LEFT + (epoch - x.from()) / (x.to() - x.from()) * (RIGHT - LEFT);
    }

    double y(double value) {
      return bottom - (value - y.from()) / (y.to() - y.from()) * PLOT;
    }
  }

  /** Draws it so many pixels below the top of a drawing. */
  void draw(Svg svg, double sheet) {
    svg.text(LEFT, sheet + 24, "title", Svg.fit(title, RIGHT - LEFT));
    for (Entry entry : legend()) {
      double y = sheet + entry.y();
      svg.line(entry.x(), y - 4, entry.x() + SWATCH - 6, y - 4, entry.line().stroke());
      svg.text(entry.x() + SWATCH, y, "muted", entry.name());
    }
    Ticks epochs = axis(Point::epoch, STEPS_X, 1);
    Scale scale = new Scale(epochs, axis(Point::value, STEPS_Y, 0), sheet + top() + PLOT);
    grid(svg, scale);
    lines.forEach(line -> draw(svg, line, scale));
  }

  /** Where a line's name stands in the legend: {@code y} from the top of the sheet. */
  private record Entry(Line line, String name, double x, double y) {}

  private List<Entry> legend() {
    List<Entry> entries = new ArrayList<>();
    double x = LEFT;
    double y = LEGEND;
    for (Line line : lines) {
      String name = Svg.fit(line.name(), RIGHT - LEFT - SWATCH);
      double width = SWATCH + Svg.width(name);
      if (x > LEFT && x + width > RIGHT) {
        x = LEFT;
        y += LEGEND_LINE;
      }
      entries.add(new Entry(line, name, x, y));
      x += width + 16;
    }
    return entries;
  }

  private double top() {
    return legend().stream().mapToDouble(Entry::y).max().orElse(LEGEND) + 14;
  }

  double height() {
    return top() + PLOT + 44;
  }

  private Ticks axis(ToDoubleFunction<Point> value, int steps, double least) {
    double[] finite =
        lines.stream()
            .flatMap(l -> l.points().stream())
            .mapToDouble(value)
            .filter(Double::isFinite)
            .toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    return Ticks.covering(low, high, steps, least);
  }

  private static void grid(Svg svg, Scale scale) {
    for (double tick : scale.y().values()) {
      double y = scale.y(tick);
      svg.line(LEFT, y, RIGHT, y, "rule");
      svg.text(LEFT - 8, y + 4, "muted end", scale.y().label(tick));
    }
    for (double tick : scale.x().values()) {
      svg.text(scale.x(tick), scale.bottom() + 18, "muted middle", scale.x().label(tick));
    }
    svg.line(LEFT, scale.bottom(), RIGHT, scale.bottom(), "axis");
    svg.text((LEFT + RIGHT) / 2, scale.bottom() + 36, "muted middle", "epoch");
  }

  private static void draw(Svg svg, Line line, Scale scale) {
    StringBuilder d = new StringBuilder();
    String command = "M";
    for (Point point : line.points()) {
      boolean finite = Double.isFinite(point.value());
      if (finite) {
        d.append(command).append(Markup.number(scale.x(point.epoch()))).append(',');
        d.append(Markup.number(scale.y(point.value())));
      }
      command = finite ? " L" : " M";
    }
    svg.path(d.toString(), line.stroke());
    if (line.points().size() <= MOST_DOTS) {
      line.points().stream()
          .filter(p -> Double.isFinite(p.value()))
          .forEach(p -> dot(svg, line, p, scale));
    }
  }

  /** A dot tells its number when it is pointed at. */
  private static void dot(Svg svg, Line line, Point point, Scale scale) {
    double x = scale.x(point.epoch());
    double y = scale.y(point.value());
    svg.markup()
        .open("circle", "cx", x, "cy", y, "r", 3, "class", line.style("d"))
        .element(
            "title",
            line.name() + ", epoch " + point.epoch() + ": " + Words.fixed(point.value(), 4))
        .close();
  }
}
