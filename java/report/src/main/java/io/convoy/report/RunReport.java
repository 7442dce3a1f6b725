// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.data.Dataset;
import io.convoy.files.AtomicFile;
import io.convoy.metrics.Mistake;
import io.convoy.metrics.Predictions;
import io.convoy.model.History;
import io.convoy.model.LayerInfo;
import io.convoy.model.Model;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as a page of HTML that needs nothing beside itself, and its charts and pictures as files.
 * What the run does not have, such as pictures of a model of tables, is left out. Configure it
 * before use.
 */
public final class RunReport {
  private static final int MISTAKES = 24;

  final String title;
  final Map<String, String> facts = new LinkedHashMap<>();
  final List<LayerInfo> layers;
  final String network;
  final Optional<BufferedImage> filters;
  Optional<Curves> curves = Optional.empty();
  Optional<Test> test = Optional.empty();
  Optional<Sample> sample = Optional.empty();

  private final Model model;

  /** How the model does on a test set. */
  record Test(
      Predictions predictions, Dataset data, List<String> classNames, List<Mistake> mistakes) {
    /** A class' name; a model may have more outputs than the data have classes. */
    String className(int label) {
      return label < classNames.size() ? classNames.get(label) : Integer.toString(label);
    }

    boolean hasPictures() {
      return !mistakes.isEmpty() && Pictures.isImage(data.instanceShape());
    }
  }

  /** An image, and what each convolution makes of it. */
  record Sample(BufferedImage image, Map<String, BufferedImage> activations) {}

  /**
   * Begins a report with what the model itself shows: layers, drawing, filters.
   *
   * @param title what was run
   * @param model what came out
   */
  public RunReport(String title, Model model) {
    this.title = title;
    this.model = model;
    this.layers = model.network().layers();
    this.network = NetworkPlot.of(model.network()).svg();
    this.filters = Pictures.filters(model);
  }

  /**
   * Adds a fact about the run.
   *
   * @param name such as {@code device}
   * @param value any text
   * @return this
   */
  public RunReport fact(String name, String value) {
    facts.put(name, value);
    return this;
  }

  /**
   * Adds the curves, if there is an epoch.
   *
   * @param history what each epoch brought
   * @return this
   */
  public RunReport history(History history) {
    curves = history.epochs().isEmpty() ? Optional.empty() : Optional.of(Curves.of(history));
    return this;
  }

  /**
   * Adds confusion matrix, scores of each class and the worst mistakes.
   *
   * @param predictions of the model for the test set
   * @param data the test set
   * @param classNames what its classes are called
   * @return this
   */
  public RunReport test(Predictions predictions, Dataset data, List<String> classNames) {
    test = Optional.of(new Test(predictions, data, classNames, predictions.worst(MISTAKES)));
    return this;
  }

  /**
   * Adds what each convolution makes of an image, if the data are images and there is one.
   *
   * @param data a data set
   * @param index which instance
   * @return this
   */
  public RunReport sample(Dataset data, int index) {
    if (Pictures.isImage(data.instanceShape())) {
      Map<String, BufferedImage> activations = Pictures.activations(model, data, index);
      sample =
          activations.isEmpty()
              ? Optional.empty()
              : Optional.of(new Sample(Pictures.instance(data, index), activations));
    }
    return this;
  }

  /**
   * Writes the page.
   *
   * @return HTML that is well-formed XML, too, and refers to nothing outside
   */
  public String html() {
    return new ReportPage(this).html();
  }

  /**
   * Writes {@code report.html} and beside it {@code network.svg}, {@code curves.svg}, {@code
   * confusion.svg}, {@code mistakes.png}, {@code filters.png} and {@code activations.png}, those
   * that the run has; others of these names are deleted.
   *
   * @param folder where to
   * @throws IOException if a file can't be written; the message says why
   */
  public void write(Path folder) throws IOException {
    keep(folder.resolve("network.svg"), Optional.of(bytes(network)));
    keep(folder.resolve("curves.svg"), curves.map(c -> bytes(c.svg())));
    keep(folder.resolve("confusion.svg"), test.map(t -> bytes(confusion(t).svg())));
    keep(
        folder.resolve("mistakes.png"),
        test.filter(Test::hasPictures)
            .map(t -> Pixels.png(Pictures.mistakes(t.mistakes(), t.data()))));
    keep(folder.resolve("filters.png"), filters.map(Pixels::png));
    keep(folder.resolve("activations.png"), sample.map(s -> Pixels.png(column(s))));
    keep(folder.resolve("report.html"), Optional.of(bytes(html())));
  }

  static ConfusionPlot confusion(Test test) {
    var matrix = test.predictions().confusion();
    List<String> names = new ArrayList<>();
    for (int label = 0; label < matrix.classes(); label++) {
      names.add(test.className(label));
    }
    return ConfusionPlot.of(matrix, names);
  }

  private static BufferedImage column(Sample sample) {
    List<BufferedImage> pictures = new ArrayList<>(List.of(sample.image()));
    pictures.addAll(sample.activations().values());
    return Pixels.column(pictures);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void keep(Path file, Optional<byte[]> content) throws IOException {
    if (content.isPresent()) {
      AtomicFile.write(file, out -> out.write(ByteBuffer.wrap(content.get())));
    } else {
      Files.deleteIfExists(file);
    }
  }
}
