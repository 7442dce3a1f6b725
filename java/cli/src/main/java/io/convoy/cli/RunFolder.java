// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.convoy.files.AtomicFile;
import io.convoy.files.Producer;
import io.convoy.model.Checkpoint;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a run. {@code run.json} is written first and holds the arguments to go on with; the
 * other files appear when there is something to keep. Each is replaced whole.
 */
record RunFolder(Path path) {
  private static final String PARENT = "runs";

  /** Chooses a folder for a new run, without making it. */
  static RunFolder fresh(Optional<Path> wanted, String dataset, String model) throws IOException {
    if (wanted.isEmpty()) {
      return new RunFolder(unused(baseName(dataset) + "-" + baseName(model) + "-" + timestamp()));
    }
    RunFolder folder = new RunFolder(wanted.get());
    if (Files.exists(folder.arguments())) {
      throw new UsageException(
          "folder '"
              + folder.path
              + "' holds a run already. Go on with it with --resume, or name another folder");
    }
    return folder;
  }

  /** Finds the folder of a run to go on with. */
  static RunFolder existing(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!Files.isRegularFile(folder.arguments())) {
      throw new UsageException(
          "there is no run in '" + path + "': it lacks run.json. Name the run folder of a train");
    }
    return folder;
  }

  Path arguments() {
    return path.resolve("run.json");
  }

  Path checkpointFile() {
    return path.resolve("checkpoint.safetensors");
  }

  Path best() {
    return path.resolve("best.safetensors");
  }

  Path last() {
    return path.resolve("last.safetensors");
  }

  Path report() {
    return path.resolve("report.json");
  }

  Path page() {
    return path.resolve("report.html");
  }

  /** Finds the model to look at: the last, or the best of a run that has not ended. */
  Path model() throws IOException {
    Path file = Files.isRegularFile(last()) ? last() : best();
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "the run in '"
              + path
              + "' has no model yet. Go on with it: convoy train --resume "
              + path);
    }
    return file;
  }

  /** Makes the folder if there is none, and keeps the run's arguments in it. */
  void begin(List<String> arguments) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          unmade() + "'" + e.getFile() + "' is a file. Name another with --out", e);
    } catch (IOException e) {
      throw new IOException(unmade() + Failures.line(e), e);
    }
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent("  ");
      json.beginObject().name("version").value(Producer.version());
      json.name("arguments").beginArray();
      for (String argument : arguments) {
        json.value(argument);
      }
      json.endArray().endObject();
    }
    AtomicFile.write(arguments(), text + "\n");
  }

  private String unmade() {
    return "the run folder '" + path + "' can't be made: ";
  }

  List<String> readArguments() throws IOException {
    List<String> all = new ArrayList<>();
    JsonObject json = read(arguments());
    try {
      json.getAsJsonArray("arguments").forEach(argument -> all.add(argument.getAsString()));
    } catch (IllegalStateException | UnsupportedOperationException | NullPointerException e) {
      throw damaged(arguments(), e);
    }
    return all;
  }

  boolean isFinished() throws IOException {
    if (!Files.isRegularFile(report())) {
      return false;
    }
    JsonElement ended = readReport().get("ended");
    return ended != null && ended.isJsonPrimitive() && ended.getAsString().equals(Report.COMPLETED);
  }

  JsonObject readReport() throws IOException {
    return read(report());
  }

  /** Reads the checkpoint, if the run came so far. */
  Optional<Checkpoint> checkpoint() throws IOException {
    return Files.exists(checkpointFile())
        ? Optional.of(Checkpoint.load(checkpointFile()))
        : Optional.empty();
  }

  private static JsonObject read(Path file) throws IOException {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw damaged(file, e);
    }
  }

  static IOException damaged(Path file, RuntimeException cause) {
    return new IOException(
        "'" + file + "' is damaged: " + cause.getMessage() + ". Begin a new run", cause);
  }

  private static Path unused(String name) {
    Path path = Path.of(PARENT, name);
    for (int i = 2; Files.exists(path); i++) {
      path = Path.of(PARENT, name + "-" + i);
    }
    return path;
  }

  static String baseName(String name) {
    Path last = Path.of(name).toAbsolutePath().normalize().getFileName();
    String file = last == null ? "root" : last.toString();
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  /** Digits alone, such as 20250131-142530. */
  private static String timestamp() {
    LocalDateTime now = LocalDateTime.now();
    return now.getYear()
        + Numbers.twoDigits(now.getMonthValue())
        + Numbers.twoDigits(now.getDayOfMonth())
        + "-"
        + Numbers.twoDigits(now.getHour())
        + Numbers.twoDigits(now.getMinute())
        + Numbers.twoDigits(now.getSecond());
  }
}
