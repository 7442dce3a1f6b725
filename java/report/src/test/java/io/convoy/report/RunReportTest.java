// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.Dataset;
import io.convoy.metrics.Predictions;
import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.History;
import io.convoy.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RunReportTest {
  private static final String HOSTILE = "</style><script>alert('x')</script> & \"co\"";
  private static final History HISTORY =
      new History(
          List.of(
              new EpochResult(
                  1, new Evaluation(2, Map.of("accuracy", 0.5)), Optional.empty(), 1, 1)));

  @TempDir Path folder;

  private static RunReport report(Model model, Dataset data) {
    return new RunReport("passing " + HOSTILE, model)
        .fact("arguments", "--model=passing " + HOSTILE)
        .history(HISTORY)
        .sample(data, 0)
        .test(Predictions.of(model, data, 2), data, List.of(HOSTILE, "dark"));
  }

  private static String page() {
    try (Model model = Models.ofImages()) {
      return report(model, Models.images()).html();
    }
  }

  private static List<String> headings(String page) {
    return Documents.texts(Documents.parse(page), "h2");
  }

  @Test
  void itHasAllSections() {
    assertEquals(
        List.of(
            "Run",
            "Curves",
            "Confusion matrix",
            "Classes",
            "Worst mistakes",
            "Filters of the first convolution",
            "Activations",
            "Layers",
            "Network"),
        headings(page()));
  }

  @Test
  void hostileTextStaysText() {
    Document page = Documents.parse(page());
    assertEquals(0, Documents.elements(page, "script").size());
    assertEquals("passing " + HOSTILE, Documents.texts(page, "h1").get(0));
    assertTrue(Documents.texts(page, "th").contains(HOSTILE));
    assertTrue(Documents.texts(page, "b").contains(HOSTILE));
    assertTrue(
        Documents.texts(page, "td").stream()
            .anyMatch(t -> t.strip().equals("--model=passing " + HOSTILE)));
  }

  @Test
  void itRefersToNothingOutside() {
    Document page = Documents.parse(page());
    for (Element element : Documents.elements(page, "*")) {
      for (String attribute : List.of("href", "src", "srcset", "xlink:href", "data", "action")) {
        String value = element.getAttribute(attribute);
        assertTrue(value.isEmpty() || value.startsWith("data:image/png;base64,"), value);
      }
    }
    for (String style : Documents.texts(page, "style")) {
      assertFalse(style.contains("url(") || style.contains("@import"), style);
    }
    assertEquals(0, Documents.elements(page, "link").size());
  }

  @Test
  void theClassesHaveTheirScores() {
    List<String> cells = Documents.texts(Documents.parse(page()), "td");
    // Of the bright ones one of two is found, of what is called dark one of two is.
    assertEquals(
        List.of("1.000", "0.500", "0.667", "2", "0.500", "1.000", "0.667", "1"),
        cells.subList(cells.indexOf("1.000"), cells.indexOf("1.000") + 8));
  }

  @Test
  void theMistakeIsShownWithItsOutputs() {
    Document page = Documents.parse(page());
    Element figure =
        Documents.elements(page, "figure").stream()
            .filter(f -> f.getTextContent().contains("instance 2"))
            .findFirst()
            .orElseThrow();
    // The mean of filter 0 is 0.1, of filter 1 0.9; both times 9.
    double label = 1 / (1 + Math.exp(9 * 0.8));
    String text = figure.getTextContent();
    assertTrue(text.contains("true " + HOSTILE + " " + Words.fixed(label, 3)), text);
    assertTrue(text.contains("predicted dark " + Words.fixed(1 - label, 3)), text);
    Element image = (Element) figure.getElementsByTagName("img").item(0);
    assertEquals("test instance 2: " + HOSTILE + " taken for dark", image.getAttribute("alt"));
    assertEquals("84", image.getAttribute("width"));
  }

  @Test
  void picturesHaveTextsAndTablesHaveHeaders() {
    Document page = Documents.parse(page());
    List<Element> images = Documents.elements(page, "img");
    assertEquals(4, images.size());
    images.forEach(image -> assertFalse(image.getAttribute("alt").isBlank()));
    Documents.elements(page, "th").forEach(h -> assertFalse(h.getAttribute("scope").isEmpty()));
    Documents.elements(page, "svg").forEach(s -> assertEquals("img", s.getAttribute("role")));
    assertEquals("en", page.getDocumentElement().getAttribute("lang"));
  }

  @Test
  void whatAModelOfTablesDoesNotHaveIsLeftOut() {
    try (Model model = Models.ofTables()) {
      String page = report(model, Models.tables()).html();
      assertEquals(
          List.of("Run", "Curves", "Confusion matrix", "Classes", "Layers", "Network"),
          headings(page));
      assertEquals(0, Documents.elements(Documents.parse(page), "img").size());
    }
  }

  @Test
  void aModelAloneHasLayersAndFilters() {
    try (Model model = Models.ofImages();
        Model dense = Models.withoutConvolution()) {
      assertEquals(
          List.of("Filters of the first convolution", "Layers", "Network"),
          headings(new RunReport("t", model).html()));
      assertEquals(List.of("Layers", "Network"), headings(new RunReport("t", dense).html()));
    }
  }

  @Test
  void chartsAndPicturesAreFilesToo() throws IOException {
    try (Model model = Models.ofImages()) {
      report(model, Models.images()).write(folder);
      assertEquals(
          List.of(
              "activations.png",
              "confusion.svg",
              "curves.svg",
              "filters.png",
              "mistakes.png",
              "network.svg",
              "report.html"),
          files());
      Documents.parse(Files.readString(folder.resolve("curves.svg")));
      new RunReport("t", model).write(folder);
      assertEquals(List.of("filters.png", "network.svg", "report.html"), files());
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
