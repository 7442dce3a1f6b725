// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.Layers.add;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.concatenate;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.layers.LayerOutput;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class NetworkPlotTest {
  private static final double MARGIN = 8;

  private static Set<String> zoo() {
    return Zoo.names();
  }

  private static Network network(String name) {
    return Zoo.byName(name, Shape.of(224, 224, 3), 10);
  }

  /** A residual block with a projection, and a concatenation. */
  private static Network branches() {
    LayerOutput in = input(8, 8, 4).apply();
    LayerOutput left = batchNormalization().apply(conv2D(4, 3).padding(Padding.SAME).apply(in));
    LayerOutput sum = add().apply(left, in);
    LayerOutput joined = concatenate().apply(sum, conv2D(2, 1).activation(RELU).apply(sum));
    return new Network("branches <&> \"more\"", in, dense(3).apply(flatten().apply(joined)));
  }

  private static Document svg(Network network) {
    return Documents.parse(NetworkPlot.of(network).svg());
  }

  private static List<Element> boxes(Document svg) {
    return Documents.elements(svg, "rect").stream().filter(r -> r.hasAttribute("rx")).toList();
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void noBoxOverlapsAnother(String name) {
    Document svg = svg(network(name));
    List<Element> boxes = boxes(svg);
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertTrue(isApart(boxes.get(i), boxes.get(j)), i + " and " + j);
      }
      Element root = svg.getDocumentElement();
      assertTrue(end(boxes.get(i), "x", "width") + MARGIN <= Documents.number(root, "width"));
      assertTrue(end(boxes.get(i), "y", "height") + MARGIN <= Documents.number(root, "height"));
    }
  }

  private static boolean isApart(Element a, Element b) {
    return isBefore(a, b, "x", "width")
        || isBefore(b, a, "x", "width")
        || isBefore(a, b, "y", "height")
        || isBefore(b, a, "y", "height");
  }

  private static boolean isBefore(Element a, Element b, String at, String length) {
    return end(a, at, length) + MARGIN <= Documents.number(b, at);
  }

  private static double end(Element box, String at, String length) {
    return Documents.number(box, at) + Documents.number(box, length);
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void noEdgeRunsThroughABox(String name) {
    Document svg = svg(network(name));
    for (Element edge : Documents.elements(svg, "path")) {
      if (edge.getAttribute("class").equals("edge")) {
        for (double[] down : straights(edge.getAttribute("d"))) {
          boxes(svg).forEach(box -> assertFalse(isCrossed(box, down), () -> name + " " + down[0]));
        }
      }
    }
  }

  /** The vertical parts {x, from, to} of a path: of its L commands. */
  private static List<double[]> straights(String d) {
    List<String> commands = List.of(d.split(" (?=[LCM])"));
    return commands.stream()
        .filter(c -> c.startsWith("L"))
        .map(
            c -> {
              String before = commands.get(commands.indexOf(c) - 1);
              String[] from = before.substring(before.lastIndexOf(' ') + 1).split(",");
              String[] to = c.substring(1).split(",");
              double x = Double.parseDouble(to[0]);
              assertEquals(x, Double.parseDouble(from[0].replace("M", "")), 0.01, d);
              return new double[] {x, Double.parseDouble(from[1]), Double.parseDouble(to[1])};
            })
        .toList();
  }

  private static boolean isCrossed(Element box, double[] down) {
    boolean beside = down[0] <= Documents.number(box, "x") || down[0] >= end(box, "x", "width");
    boolean above = down[2] <= Documents.number(box, "y");
    return !beside && !above && down[1] < end(box, "y", "height") - 0.01;
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void everyLayerIsInBoth(String name) {
    Network network = network(name);
    Set<String> wanted =
        network.entries().stream().map(Network.Entry::name).collect(Collectors.toSet());
    List<String> drawn = Documents.texts(svg(network), "text");
    assertTrue(drawn.containsAll(wanted));
    String dot = NetworkPlot.of(network).dot();
    wanted.forEach(layer -> assertTrue(dot.contains("\"" + layer + "\" [label="), layer));
  }

  @Test
  void shapesAndParametersStandBesideTheLayers() {
    List<String> texts =
        Documents.texts(
            svg(new Sequential("n", input(28, 28, 1), conv2D(32, 3).activation(RELU), flatten())),
            "text");
    assertTrue(
        texts.containsAll(
            List.of("28 × 28 × 1", "26 × 26 × 32", "320 params", "Conv2D + BiasAdd + RELU")),
        texts::toString);
  }

  @Test
  void whatIsFusedSharesABoxAndElseNot() {
    List<LayerGroup> groups = LayerGroup.of(branches().layers());
    List<String> found =
        groups.stream()
            .map(
                g ->
                    g.layers().stream().map(l -> l.type()).collect(Collectors.joining("+"))
                        + (g.isFused() ? "!" : ""))
            .toList();
    assertEquals(
        List.of(
            "InputLayer",
            "Conv2D+BatchNormalization!",
            "Add",
            "Conv2D!",
            "Concatenate",
            "Flatten",
            "Dense!"),
        found);
    assertEquals("+ BatchNormInference", groups.get(1).operations(1));
    assertEquals(List.of(1, 0), groups.get(2).inbound());
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void edgesLeadFromWhatIsReadToItsReader(String name) {
    requireEdges(network(name));
  }

  @Test
  void edgesOfBranchesToo() {
    requireEdges(branches());
    String dot = NetworkPlot.of(branches()).dot();
    assertTrue(dot.contains("\"input\" -> \"add\""), dot);
    assertTrue(dot.contains("\"add\" -> \"concatenate\""), dot);
    assertEquals(9, dot.split(" -> ").length - 1, dot);
  }

  /** Boxes are drawn in the order of the groups; an edge goes from a lower to an upper side. */
  private static void requireEdges(Network network) {
    List<String> wanted = new ArrayList<>();
    List<LayerGroup> groups = LayerGroup.of(network.layers());
    for (int to = 0; to < groups.size(); to++) {
      for (int from : groups.get(to).inbound()) {
        wanted.add(from + " to " + to);
      }
    }
    Document svg = svg(network);
    List<Element> boxes = boxes(svg);
    List<String> drawn = new ArrayList<>();
    for (Element edge : Documents.elements(svg, "path")) {
      if (edge.getAttribute("class").equals("edge")) {
        String[] points = edge.getAttribute("d").split("[ LCM]+");
        drawn.add(
            at(boxes, points[1], true) + " to " + at(boxes, points[points.length - 1], false));
      }
    }
    assertEquals(wanted.stream().sorted().toList(), drawn.stream().sorted().toList());
  }

  /** The box whose lower or upper side has a point in its middle. */
  private static int at(List<Element> boxes, String point, boolean lower) {
    double x = Double.parseDouble(point.split(",")[0]);
    double y = Double.parseDouble(point.split(",")[1]);
    for (int i = 0; i < boxes.size(); i++) {
      Element box = boxes.get(i);
      double side = lower ? end(box, "y", "height") : Documents.number(box, "y");
      double middle = Documents.number(box, "x") + Documents.number(box, "width") / 2;
      if (Math.abs(side - y) < 0.02 && Math.abs(middle - x) < 0.02) {
        return i;
      }
    }
    throw new AssertionError("no box at " + point);
  }

  @Test
  void namesAreEscaped() {
    assertTrue(Documents.texts(svg(branches()), "title").get(0).endsWith("branches <&> \"more\""));
    String dot = NetworkPlot.of(branches()).dot();
    assertTrue(dot.startsWith("digraph \"branches <&> \\\"more\\\"\" {\n"), dot);
  }

  /** A chain of convolutions is as wide as a box: nothing is beside another. */
  @Test
  void aChainIsStraight() {
    Set<String> lefts = new TreeSet<>();
    boxes(svg(network("vgg16"))).forEach(box -> lefts.add(box.getAttribute("x")));
    assertEquals(1, lefts.size());
  }
}
