// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.model.LayerInfo;
import java.util.List;

/** Draws groups of layers where {@link LayeredLayout} places them. All lengths are in pixels. */
final class NetworkSvg {
  private static final double MARGIN = 16;
  private static final double HEADER = 58;
  private static final double PADDING = 10;
  private static final double LINE = 16;
  private static final double ROW = 2 * LINE + 10;
  private static final double BETWEEN = 26; // from rank to rank, room for the edges
  private static final double NARROW = 16; // a lane of edges alone
  private static final double LANE_GAP = 16;
  private static final double COLUMN_GAP = 18;
  private static final double ARROW = 4;
  private static final String LEGEND = "fused for inference by +";

  private final String name;
  private final List<LayerGroup> groups;
  private final LayeredLayout layout;
  private final double boxWidth;
  private final double[] laneAt; // left edges, and behind them the right end
  private final double[] rankAt; // upper edges, and behind them the lower end

  /** A box in the drawing. */
  record Box(double x, double y, double width, double height) {}

  NetworkSvg(String name, List<LayerGroup> groups) {
    this.name = name;
    this.groups = groups;
    this.layout = new LayeredLayout(groups.stream().map(LayerGroup::inbound).toList());
    double widest = Svg.width(LEGEND) + 24;
    for (LayerGroup group : groups) {
      for (int i = 0; i < group.layers().size(); i++) {
        widest = Math.max(widest, width(group, i));
      }
    }
    this.boxWidth = widest + 2 * PADDING;
    this.laneAt = lanes();
    this.rankAt = ranks();
  }

  private static double width(LayerGroup group, int row) {
    LayerInfo layer = group.layers().get(row);
    double first = Svg.width(layer.name() + Words.instance(layer.output()));
    double second = Svg.width(group.operations(row) + parameters(layer));
    return Math.max(first, second) + COLUMN_GAP;
  }

  private static String parameters(LayerInfo layer) {
    return layer.parameters() == 0 ? "" : Words.count(layer.parameters()) + " params";
  }

  private double[] lanes() {
    int lanes = 1;
    for (LayeredLayout.Edge edge : layout.edges()) {
      lanes = edge.lanes().stream().reduce(lanes, (most, l) -> Math.max(most, l + 1));
    }
    double[] at = new double[lanes + 1];
    at[0] = MARGIN;
    for (int lane = 0; lane < lanes; lane++) {
      at[lane + 1] = at[lane] + (hasBox(lane) ? boxWidth : NARROW) + LANE_GAP;
    }
    return at;
  }

  private boolean hasBox(int lane) {
    for (int n = 0; n < groups.size(); n++) {
      if (layout.lane(n) == lane) {
        return true;
      }
    }
    return false;
  }

  private double[] ranks() {
    double[] highest = new double[layout.ranks()];
    for (int n = 0; n < groups.size(); n++) {
      highest[layout.rank(n)] = Math.max(highest[layout.rank(n)], height(groups.get(n)));
    }
    double[] at = new double[highest.length + 1];
    at[0] = HEADER;
    for (int r = 0; r < highest.length; r++) {
      at[r + 1] = at[r] + highest[r] + BETWEEN;
    }
    return at;
  }

  private static double height(LayerGroup group) {
    return group.layers().size() * ROW;
  }

  Box box(int group) {
    return new Box(
        laneAt[layout.lane(group)],
        rankAt[layout.rank(group)],
        boxWidth,
        height(groups.get(group)));
  }

  String draw() {
    double width = laneAt[laneAt.length - 1] - LANE_GAP + MARGIN;
    double height = rankAt[rankAt.length - 1] - BETWEEN + MARGIN;
    Svg svg = new Svg(width, height, "The layers of network " + name);
    header(svg, width);
    layout.edges().forEach(edge -> draw(svg, edge));
    for (int n = 0; n < groups.size(); n++) {
      draw(svg, groups.get(n), box(n));
    }
    return svg.end();
  }

  private void header(Svg svg, double width) {
    long parameters =
        groups.stream().flatMap(g -> g.layers().stream()).mapToLong(LayerInfo::parameters).sum();
    String count = Words.count(parameters) + " params";
    double room = width - 2 * MARGIN - Svg.width(count) - COLUMN_GAP;
    svg.text(MARGIN, 24, "title", Svg.fit(name, room * Svg.FONT / 14));
    svg.text(width - MARGIN, 24, "muted end", count);
    Object[] swatch = {"x", MARGIN, "y", 34.0, "width", 14.0, "height", 12.0, "class", "fused"};
    svg.markup().empty("rect", swatch);
    svg.text(MARGIN + 22, 44, "muted", LEGEND);
  }

  private void draw(Svg svg, LayerGroup group, Box box) {
    svg.markup()
        .empty(
            "rect",
            "x",
            box.x(),
            "y",
            box.y(),
            "width",
            box.width(),
            "height",
            box.height(),
            "rx",
            5,
            "class",
            group.isFused() ? "fused" : "box");
    double left = box.x() + PADDING;
    double right = box.x() + box.width() - PADDING;
    for (int i = 0; i < group.layers().size(); i++) {
      LayerInfo layer = group.layers().get(i);
      double y = box.y() + i * ROW;
      if (i > 0) {
        svg.line(left, y, right, y, "rule");
      }
      svg.text(left, y + LINE + 1, "strong", layer.name());
      svg.text(right, y + LINE + 1, "end", Words.instance(layer.output()));
      svg.text(left, y + 2 * LINE + 1, "muted", group.operations(i));
      svg.text(right, y + 2 * LINE + 1, "muted end", parameters(layer));
    }
  }

  /** An edge: straight through the ranks, and from lane to lane only between them. */
  private void draw(Svg svg, LayeredLayout.Edge edge) {
    Box from = box(edge.from());
    double x = centre(edge.lanes().get(0));
    StringBuilder d = new StringBuilder("M").append(point(x, from.y() + from.height()));
    for (int i = 1; i < edge.lanes().size(); i++) {
      double top = rankAt[layout.rank(edge.from()) + i];
      double bottom = top - BETWEEN;
      double middle = (top + bottom) / 2;
      boolean passing = i < edge.lanes().size() - 1;
      double next = passing ? rail(edge.lanes().get(i)) : centre(edge.lanes().get(i));
      d.append(" L").append(point(x, bottom)).append(" C").append(point(x, middle));
      d.append(' ').append(point(next, middle)).append(' ').append(point(next, top));
      x = next;
    }
    svg.path(d.toString(), "edge");
    double tip = box(edge.to()).y();
    String head =
        point(x, tip) + " L" + point(x - ARROW, tip - 7) + " L" + point(x + ARROW, tip - 7);
    svg.path("M" + head + " Z", "arrow");
  }

  private double centre(int lane) {
    return (laneAt[lane] + laneAt[lane + 1] - LANE_GAP) / 2;
  }

  /** Where edges pass the ranks between their ends: close to the lane before. */
  private double rail(int lane) {
    return laneAt[lane] + NARROW / 2;
  }

  private static String point(double x, double y) {
    return Markup.number(x) + "," + Markup.number(y);
  }
}
