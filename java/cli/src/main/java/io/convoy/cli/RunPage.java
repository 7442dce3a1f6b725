// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.convoy.metrics.Metric;
import io.convoy.metrics.Predictions;
import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.History;
import io.convoy.model.Model;
import io.convoy.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code report.html} with its charts and pictures: of what the run folder says, model and data.
 */
final class RunPage {
  private final RunFolder folder;
  private final Model model;
  private final TrainingData data;

  RunPage(RunFolder folder, Model model, TrainingData data) {
    this.folder = folder;
    this.model = model;
    this.data = data;
  }

  /**
   * Writes everything.
   *
   * @param weights which model of the run it is
   * @param test what the model predicts for the test set, if it was asked
   * @return the page
   */
  Path write(String weights, Optional<Predictions> test) throws IOException {
    JsonObject json = folder.readReport();
    String title = model.network().name() + " on " + RunFolder.baseName(data.all().name());
    RunReport report = new RunReport(title, model);
    try {
      report.fact("ended", text(json, "ended"));
      report.fact("weights shown", weights);
      test.ifPresent(t -> evaluation(report, t.evaluation()));
      facts(report, json);
      report.history(history(json));
    } catch (IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException
        | NullPointerException e) {
      throw RunFolder.damaged(folder.report(), e);
    }
    report.sample(data.train(), 0);
    if (test.isPresent()) {
      report.test(test.get(), data.all().test(), data.all().classNames());
    }
    report.write(folder.path());
    return folder.page();
  }

  private void facts(RunReport report, JsonObject json) throws IOException {
    report.fact("arguments", String.join(" ", folder.readArguments()));
    report.fact(
        "device",
        text(json, "device")
            + ": "
            + text(json, "device_description")
            + " ("
            + text(json, "backend_reason")
            + ")");
    report.fact("precision", text(json, "precision"));
    report.fact("seed", text(json, "seed"));
    report.fact("parameters", Numbers.grouped(model.parameters()));
    report.fact("data", data.all().name());
    report.fact("training", Numbers.grouped(data.train().size()) + " instances");
    report.fact("validation", Numbers.grouped(data.validationSize()) + " instances");
    report.fact("classes in training", data.balance());
    report.fact("Convoy version", text(json, "version"));
  }

  private static void evaluation(RunReport report, Evaluation evaluation) {
    report.fact("test loss", Numbers.fixed(evaluation.loss(), 4));
    evaluation.metrics().forEach((n, value) -> report.fact("test " + n, Numbers.fixed(value, 4)));
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  /** What {@link Report} wrote of the epochs. */
  private History history(JsonObject json) {
    List<EpochResult> epochs = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("epochs")) {
      JsonObject epoch = element.getAsJsonObject();
      String validation = EpochResult.VALIDATION_PREFIX;
      epochs.add(
          new EpochResult(
              epoch.get("epoch").getAsInt(),
              evaluation(epoch, ""),
              epoch.has(validation + "loss")
                  ? Optional.of(evaluation(epoch, validation))
                  : Optional.empty(),
              epoch.get("seconds").getAsDouble(),
              epoch.get("images_per_second").getAsDouble()));
    }
    return new History(epochs);
  }

  private Evaluation evaluation(JsonObject epoch, String prefix) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Metric metric : model.metrics()) {
      metrics.put(metric.name(), number(epoch.get(prefix + metric.name())));
    }
    return new Evaluation(number(epoch.get(prefix + "loss")), metrics);
  }

  private static double number(JsonElement element) {
    return element.isJsonNull() ? Double.NaN : element.getAsDouble();
  }
}
