// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import com.google.gson.stream.JsonWriter;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.files.AtomicFile;
import io.convoy.files.Producer;
import io.convoy.layers.Augmenting;
import io.convoy.layers.LayerJson;
import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.Model;
import io.convoy.model.Network;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code report.json}: what was run, what each epoch brought, and how it ended. */
final class Report implements Callback {
  static final String COMPLETED = "completed";
  static final String INTERRUPTED = "interrupted";

  private static final String RUNNING = "running";
  private static final String FAILED = "failed: ";

  private final Path file;
  private final Model model;
  private final String precision;
  private final TrainingData data;
  private List<EpochResult> epochs = List.of();
  private Optional<Test> test = Optional.empty();
  private boolean begun;

  /** How the last model does on the test set. */
  record Test(int size, Evaluation evaluation) {}

  Report(Path file, Model model, String precision, TrainingData data) {
    this.file = file;
    this.model = model;
    this.precision = precision;
    this.data = data;
  }

  @Override
  public void onTrainBegin(Fit fit) {
    begun = true;
    writeRunning(fit);
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    writeRunning(fit);
  }

  private void writeRunning(Fit fit) {
    epochs = fit.position().history();
    try {
      write(RUNNING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void interrupted() throws IOException {
    write(INTERRUPTED);
  }

  void completed(Test measured) throws IOException {
    test = Optional.of(measured);
    write(COMPLETED);
  }

  /** Writes why the run failed, unless it did before it began; a full disk may refuse. */
  void failed(Throwable failure) {
    if (!begun) {
      return;
    }
    try {
      write(FAILED + Failures.line(failure));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void write(String ended) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.beginObject();
      writeSetting(json);
      json.name("epochs").beginArray();
      for (EpochResult epoch : epochs) {
        writeEpoch(json, epoch);
      }
      json.endArray();
      if (test.isPresent()) {
        json.name("test").beginObject().name("model").value("last");
        writeEvaluation(json, "", test.get().evaluation());
        json.endObject();
      }
      json.name("ended").value(ended).endObject();
    }
    AtomicFile.write(file, text + "\n");
  }

  private void writeSetting(JsonWriter json) throws IOException {
    String device = model.device().id();
    json.name("version").value(Producer.version());
    json.name("device").value(device);
    json.name("device_description").value(model.device().description());
    json.name("backend").value(device.split(":")[0]);
    json.name("backend_reason").value(model.deviceReason());
    json.name("precision").value(precision);
    json.name("seed").value(model.seed());
    json.name("model").value(model.network().name());
    json.name("augmentation").beginArray();
    for (Network.Entry entry : model.network().entries()) {
      if (entry.layer() instanceof Augmenting) {
        json.jsonValue(LayerJson.write(entry.layer()).toString());
      }
    }
    json.endArray();
    json.name("parameters").value(model.parameters());
    json.name("dataset").beginObject();
    json.name("name").value(data.all().name());
    json.name("train").value(data.train().size());
    json.name("validation").value(data.validationSize());
    if (test.isPresent()) {
      json.name("test").value(test.get().size());
    }
    json.endObject();
  }

  private static void writeEpoch(JsonWriter json, EpochResult epoch) throws IOException {
    json.beginObject().name("epoch").value(epoch.epoch());
    writeEvaluation(json, "", epoch.training());
    if (epoch.validation().isPresent()) {
      writeEvaluation(json, "val_", epoch.validation().get());
    }
    json.name("seconds").value(epoch.seconds());
    json.name("images_per_second").value(epoch.imagesPerSecond());
    json.endObject();
  }

  private static void writeEvaluation(JsonWriter json, String prefix, Evaluation evaluation)
      throws IOException {
    // JSON has no NaN and no infinity.
    Double loss = Double.isFinite(evaluation.loss()) ? evaluation.loss() : null;
    json.name(prefix + "loss").value(loss);
    for (Map.Entry<String, Double> metric : evaluation.metrics().entrySet()) {
      json.name(prefix + metric.getKey()).value(metric.getValue());
    }
  }
}
