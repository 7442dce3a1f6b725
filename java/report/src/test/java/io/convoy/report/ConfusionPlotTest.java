// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.metrics.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ConfusionPlotTest {
  private static final String HOSTILE = "<script>alert(1)</script>";

  /** Of class 0 three of four are right, of class 1 the only one is wrong. */
  private static Document plot() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(new int[] {0, 0, 0, 0, 1}, new int[] {0, 0, 0, 1, 0}, 2);
    return Documents.parse(ConfusionPlot.of(matrix, List.of("cat", HOSTILE)).svg());
  }

  private static double opacity(Document plot, String hint) {
    Element cell =
        Documents.elements(plot, "g").stream()
            .filter(g -> g.getTextContent().strip().equals(hint))
            .findFirst()
            .orElseThrow();
    return Documents.number((Element) cell.getElementsByTagName("rect").item(1), "fill-opacity");
  }

  @Test
  void aCellIsTheDarkerTheGreaterItsShare() {
    Document plot = plot();
    assertEquals(0.43, opacity(plot, "true cat, predicted cat: 3"), 0.01);
    assertEquals(0.25, opacity(plot, "true cat, predicted " + HOSTILE + ": 1"), 0.01);
    assertEquals(0.5, opacity(plot, "true " + HOSTILE + ", predicted cat: 1"), 0.01);
    assertEquals(0, opacity(plot, "true " + HOSTILE + ", predicted " + HOSTILE + ": 0"), 0.01);
  }

  @Test
  void rightAndWrongHaveColoursOfTheirOwn() {
    List<String> styles =
        Documents.elements(plot(), "g").stream().map(g -> g.getAttribute("class")).toList();
    assertEquals(List.of("right", "wrong", "wrong", "right"), styles);
  }

  @Test
  void countsAndNamesAreThereAndNothingIsRun() {
    Document plot = plot();
    List<String> texts = Documents.texts(plot, "text");
    assertTrue(texts.containsAll(List.of("true", "predicted", "3", "1", "cat")), texts::toString);
    assertTrue(texts.stream().anyMatch(t -> t.startsWith("<script>")), texts::toString);
    assertEquals(0, Documents.elements(plot, "script").size());
  }

  @Test
  void longNamesEndInAnEllipsisAndStayOnTheSheet() {
    String name = "a name that is much too long for the margin of a matrix";
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 1}, new int[] {0, 1}, 2);
    Document plot = Documents.parse(ConfusionPlot.of(matrix, List.of(name, "b")).svg());
    for (Element text : Documents.elements(plot, "text")) {
      if (text.getTextContent().startsWith("a name")) {
        assertTrue(text.getTextContent().endsWith("…"));
        double width = Svg.width(text.getTextContent());
        double room = text.hasAttribute("transform") ? Documents.number(text, "y") : 0;
        room += text.getAttribute("class").equals("end") ? Documents.number(text, "x") : 0;
        assertTrue(width <= room, width + " in " + room);
      }
    }
  }

  @Test
  void ofManyClassesTheWorstAreShown() {
    int classes = 40;
    int[] labels = IntStream.range(0, classes).toArray();
    int[] predicted = IntStream.range(0, classes).map(c -> c < 10 ? 0 : c).toArray();
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
    Document plot =
        Documents.parse(
            ConfusionPlot.of(ConfusionMatrix.of(labels, predicted, classes), names).svg());
    assertEquals(30 * 30, Documents.elements(plot, "g").size());
    List<String> texts = Documents.texts(plot, "text");
    assertTrue(texts.containsAll(names.subList(0, 10)), texts::toString);
  }

  @Test
  void eachClassWantsAName() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0}, new int[] {1}, 2);
    assertThrows(IllegalArgumentException.class, () -> ConfusionPlot.of(matrix, List.of("cat")));
  }
}
