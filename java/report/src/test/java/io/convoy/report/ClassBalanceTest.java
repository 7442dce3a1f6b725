// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ClassBalanceTest {
  private static Dataset labelled(int classes, int... labels) {
    return new ArrayDataset(Shape.of(1), classes, new float[labels.length], labels);
  }

  private static Document draw(Dataset first, Dataset second) {
    Map<String, Dataset> sets = new LinkedHashMap<>();
    sets.put("training", first);
    sets.put("<test>", second);
    return Documents.parse(ClassBalance.svg(sets));
  }

  private static List<Double> heights(Document svg, String style) {
    return Documents.elements(svg, "rect").stream()
        .filter(r -> r.getAttribute("class").equals(style))
        .skip(1) // the legend's
        .map(r -> Documents.number(r, "height"))
        .toList();
  }

  @Test
  void barsAreSharesOfTheirSet() {
    Document svg = draw(labelled(2, 0, 1, 1, 1), labelled(2, 0, 0, 0, 0, 1, 1, 1, 1));
    List<Double> first = heights(svg, "d0");
    List<Double> second = heights(svg, "d1");
    assertEquals(3, first.get(1) / first.get(0), 0.01);
    assertEquals(2, second.get(0) / first.get(0), 0.01, "a half against a quarter");
    assertEquals(second.get(0), second.get(1));
  }

  @Test
  void theDashedLineIsWhereAllAreAlike() {
    Document svg = draw(labelled(2, 0, 1, 1, 1), labelled(2, 0, 1));
    Element line =
        Documents.elements(svg, "line").stream()
            .filter(l -> l.getAttribute("class").contains("dashed"))
            .findFirst()
            .orElseThrow();
    Element bar =
        Documents.elements(svg, "rect").stream()
            .filter(r -> r.getAttribute("class").equals("d1"))
            .skip(1)
            .findFirst()
            .orElseThrow();
    assertEquals(Documents.number(bar, "y"), Documents.number(line, "y1"), 0.01);
  }

  @Test
  void everyBarIsInTheDrawingAndEverySetIsNamed() {
    Document svg = draw(labelled(12, 0, 11), labelled(3, 0, 1, 2));
    double width = Documents.number(svg.getDocumentElement(), "width");
    for (Element rect : Documents.elements(svg, "rect")) {
      assertTrue(Documents.number(rect, "height") >= 0);
      if (!rect.getAttribute("x").isEmpty()) {
        assertTrue(Documents.number(rect, "x") + Documents.number(rect, "width") < width);
      }
    }
    assertTrue(Documents.texts(svg, "text").containsAll(List.of("training", "<test>", "11")));
  }

  @Test
  void nothingToDrawIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ClassBalance.svg(Map.of()));
  }
}
