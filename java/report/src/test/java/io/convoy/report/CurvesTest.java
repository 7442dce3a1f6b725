// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class CurvesTest {
  /** Losses 4, 3, 2 … while training, and half of it in validation. */
  private static History history(int epochs, boolean validated) {
    List<EpochResult> results = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      Evaluation training = new Evaluation(5.0 - e, Map.of("accuracy", 0.2 * e));
      Evaluation validation = new Evaluation((5.0 - e) / 2, Map.of("accuracy", 0.1 * e));
      Optional<Evaluation> measured = validated ? Optional.of(validation) : Optional.empty();
      results.add(new EpochResult(e, training, measured, 1, 1));
    }
    return new History(results);
  }

  private static List<Element> curves(Document svg) {
    return Documents.elements(svg, "path");
  }

  @Test
  void thereIsAChartForTheLossAndEachMetric() {
    Document svg = Documents.parse(Curves.of(history(4, true)).svg());
    List<String> texts = Documents.texts(svg, "text");
    assertTrue(texts.containsAll(List.of("loss", "accuracy", "epoch", "1", "4")), texts::toString);
    assertEquals(4, curves(svg).size());
    assertEquals(2, texts.stream().filter("training"::equals).count());
    assertEquals(2, Curves.of(history(4, true)).charts().size());
  }

  @Test
  void pointsLieWhereTheTicksSay() {
    Document svg = Documents.parse(Curves.of(history(4, false)).charts().get(0));
    double four = tick(svg, "4");
    double one = tick(svg, "1");
    List<Element> dots = Documents.elements(svg, "circle");
    assertEquals(four, Documents.number(dots.get(0), "cy"), 0.02);
    assertEquals(one, Documents.number(dots.get(3), "cy"), 0.02);
    assertTrue(four < one);
    assertEquals("training, epoch 1: 4.0000", dots.get(0).getTextContent().strip());
    assertEquals(x(svg, "3"), Documents.number(dots.get(2), "cx"), 0.02);
  }

  /** The height of a tick: its text hangs 4 below. */
  private static double tick(Document svg, String label) {
    return Documents.number(label(svg, label, "muted end"), "y") - 4;
  }

  private static double x(Document svg, String label) {
    return Documents.number(label(svg, label, "muted middle"), "x");
  }

  private static Element label(Document svg, String label, String style) {
    return Documents.elements(svg, "text").stream()
        .filter(t -> t.getTextContent().equals(label) && t.getAttribute("class").equals(style))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void runsLieOnTopOfEachOther() {
    Map<String, History> runs = new LinkedHashMap<>();
    runs.put("cpu", history(4, true));
    runs.put("<gpu>", history(2, false));
    Document svg = Documents.parse(Curves.of(runs).charts().get(0));
    List<String> styles = curves(svg).stream().map(c -> c.getAttribute("class")).toList();
    assertEquals(List.of("curve s0 dashed", "curve s0", "curve s1 dashed"), styles);
    List<String> texts = Documents.texts(svg, "text");
    assertTrue(
        texts.containsAll(List.of("cpu training", "cpu validation", "<gpu> training")),
        texts::toString);
  }

  @Test
  void manyRunsMakeTheLegendHigherAndNotTheChartSmaller() {
    Map<String, History> runs = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      runs.put("a run with a long name, number " + i, history(3, true));
    }
    Document one = Documents.parse(Curves.of(history(3, true)).charts().get(0));
    Document many = Documents.parse(Curves.of(runs).charts().get(0));
    assertEquals(range(one), range(many), 0.1);
    double lowestLegend =
        Documents.elements(many, "text").stream()
            .filter(t -> t.getTextContent().startsWith("a run"))
            .mapToDouble(t -> Documents.number(t, "y"))
            .max()
            .orElseThrow();
    assertTrue(lowestLegend < tick(many, "4"), "the legend lies on the chart");
  }

  private static double range(Document svg) {
    List<Double> ys =
        Documents.elements(svg, "text").stream()
            .filter(t -> t.getAttribute("class").equals("muted end"))
            .map(t -> Documents.number(t, "y"))
            .toList();
    return ys.get(0) - ys.get(ys.size() - 1);
  }

  @Test
  void whatIsNoNumberLeavesAGap() {
    List<EpochResult> results = new ArrayList<>();
    double[] losses = {1, Double.NaN, 3, Double.POSITIVE_INFINITY, 2};
    for (int e = 1; e <= losses.length; e++) {
      Evaluation evaluation = new Evaluation(losses[e - 1], Map.of());
      results.add(new EpochResult(e, evaluation, Optional.empty(), 1, 1));
    }
    Document svg = Documents.parse(Curves.of(new History(results)).svg());
    String d = curves(svg).get(0).getAttribute("d");
    assertEquals(3, d.split("M").length - 1, d);
    assertEquals(3, Documents.elements(svg, "circle").size());
  }

  @Test
  void aSingleEpochIsAPointInTheMiddle() {
    Document svg = Documents.parse(Curves.of(history(1, false)).charts().get(0));
    Element dot = Documents.elements(svg, "circle").get(0);
    assertEquals(x(svg, "1"), Documents.number(dot, "cx"), 0.02);
  }

  @Test
  void noEpochNoCurve() {
    History none = new History(List.of());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Curves.of(none))
            .getMessage()
            .contains("at least 1 epoch"));
    assertThrows(IllegalArgumentException.class, () -> Curves.of(Map.of()));
  }
}
