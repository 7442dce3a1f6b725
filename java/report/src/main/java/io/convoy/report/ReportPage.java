// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.metrics.ClassScores;
import io.convoy.metrics.ConfusionMatrix;
import io.convoy.metrics.Mistake;
import io.convoy.model.LayerInfo;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a {@link RunReport} as a page of HTML. */
final class ReportPage {
  private static final int DECIMALS = 3;

  private final RunReport report;
  private final Markup page = new Markup();

  ReportPage(RunReport report) {
    this.report = report;
  }

  String html() {
    page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", report.title);
    page.open("style").raw(Markup.resource("page.css")).close().close();
    page.open("body").open("header").element("h1", report.title).close().open("main");
    facts();
    report.curves.ifPresent(this::curves);
    report.test.ifPresent(this::test);
    report.test.filter(RunReport.Test::hasPictures).ifPresent(this::mistakes);
    report.filters.ifPresent(this::filters);
    report.sample.ifPresent(this::sample);
    layers();
    network();
    return page.close().close().close().toString();
  }

  private void begin(String id, String heading, String explanation) {
    page.open("section", "aria-labelledby", id).element("h2", heading, "id", id);
    if (!explanation.isEmpty()) {
      page.element("p", explanation);
    }
  }

  /** Begins a part that scrolls by itself where it is larger than its place. */
  private void scrolled(String label, String style) {
    page.open(
        "div", "class", "scroll " + style, "tabindex", 0, "role", "region", "aria-label", label);
  }

  private void facts() {
    if (report.facts.isEmpty()) {
      return;
    }
    begin("run", "Run", "");
    page.open("table", "class", "facts").open("tbody");
    report.facts.forEach(
        (name, value) -> {
          page.open("tr").element("th", name, "scope", "row").open("td");
          // An option such as --batch-size is not to be broken at its hyphens.
          List.of(value.split(" ")).forEach(w -> page.element("span", w).text(" "));
          page.close().close();
        });
    page.close().close().close();
  }

  private void curves(Curves curves) {
    begin("curves", "Curves", "");
    page.open("div", "class", "charts");
    curves.charts().forEach(page::raw);
    page.close().close();
  }

  private void test(RunReport.Test test) {
    ConfusionMatrix matrix = test.predictions().confusion();
    List<Integer> shown = matrix.worst(ConfusionPlot.LIMIT);
    String part =
        shown.size() < matrix.classes() && shown.size() == ConfusionPlot.LIMIT
            ? " Shown are the " + shown.size() + " classes with the lowest F1."
            : "";
    begin(
        "confusion",
        "Confusion matrix",
        "How often which class was predicted as which, on "
            + Words.count(matrix.total())
            + " test instances."
            + part);
    scrolled("Confusion matrix", "chart");
    page.raw(RunReport.confusion(test).svg()).close().close();
    begin("classes", "Classes", "");
    scrolled("Scores of the classes", "");
    page.open("table", "class", "scores");
    head("class", "precision", "recall", "F1", "support");
    page.open("tbody");
    shown.forEach(label -> scores(test.className(label), matrix.scores(label)));
    page.close().open("tfoot");
    scores("macro average", matrix.macroAverage());
    scores("weighted average", matrix.weightedAverage());
    page.close().close().close().close();
  }

  private void head(String... names) {
    page.open("thead").open("tr");
    for (String name : names) {
      page.element("th", name, "scope", "col");
    }
    page.close().close();
  }

  private void scores(String name, ClassScores scores) {
    page.open("tr").element("th", name, "scope", "row");
    number(Words.fixed(scores.precision(), DECIMALS));
    number(Words.fixed(scores.recall(), DECIMALS));
    number(Words.fixed(scores.f1(), DECIMALS));
    number(Words.count(scores.support()));
    page.close();
  }

  private void number(String text) {
    page.element("td", text, "class", "number");
  }

  private void mistakes(RunReport.Test test) {
    begin(
        "mistakes",
        "Worst mistakes",
        "The test instances whose own class has the lowest output; the outputs stand behind the"
            + " classes.");
    page.open("ul", "class", "mistakes");
    for (Mistake mistake : test.mistakes()) {
      String label = test.className(mistake.label());
      String predicted = test.className(mistake.predicted());
      String alt = "test instance " + mistake.instance() + ": " + label + " taken for " + predicted;
      page.open("li").open("figure");
      image(Pictures.instance(test.data(), mistake.instance()), alt);
      page.open("figcaption");
      line("true", label, mistake.labelOutput());
      line("predicted", predicted, mistake.predictedOutput());
      page.element("small", "instance " + mistake.instance()).close().close().close();
    }
    page.close().close();
  }

  private void line(String what, String name, float output) {
    page.open("span").text(what + " ").element("b", name);
    page.text(" " + Words.fixed(output, DECIMALS)).close();
  }

  private void filters(BufferedImage filters) {
    begin(
        "filters",
        "Filters of the first convolution",
        "Grey is 0; black and white are the least and the greatest weight.");
    image(filters, "the filters as tiles");
    page.close();
  }

  private void sample(RunReport.Sample sample) {
    begin(
        "activations",
        "Activations",
        "What each convolution makes of one image: its first channels, each from black for its"
            + " least to white for its greatest number.");
    page.open("div", "class", "maps");
    picture(sample.image(), "the image");
    sample.activations().forEach((layer, maps) -> picture(maps, layer));
    page.close().close();
  }

  private void picture(BufferedImage image, String caption) {
    page.open("figure");
    image(image, caption);
    page.element("figcaption", caption).close();
  }

  private void image(BufferedImage image, String alt) {
    page.empty(
        "img",
        "src",
        Pixels.address(image),
        "alt",
        alt,
        "width",
        image.getWidth(),
        "height",
        image.getHeight());
  }

  private void layers() {
    begin("layers", "Layers", "");
    scrolled("Layers", "high");
    page.open("table");
    head("layer", "type", "output", "parameters", "input");
    page.open("tbody");
    for (LayerInfo layer : report.layers) {
      page.open("tr").element("th", layer.name(), "scope", "row").element("td", layer.type());
      page.element("td", Words.instance(layer.output()));
      number(Words.count(layer.parameters()));
      page.element("td", inputs(layer)).close();
    }
    page.close().close().close().close();
  }

  private String inputs(LayerInfo layer) {
    return layer.inbound().stream()
        .map(i -> report.layers.get(i).name())
        .collect(Collectors.joining(", "));
  }

  private void network() {
    begin("network", "Network", "");
    scrolled("Drawing of the network", "high");
    page.raw(report.network).close().close();
  }
}
