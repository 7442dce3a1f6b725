// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import com.google.gson.JsonElement;
import io.convoy.files.pytorch.StateDict;
import io.convoy.keras.Keras;
import io.convoy.layers.LayerJson;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.Network;
import io.convoy.model.TrainedNetwork;
import io.convoy.onnx.Onnx;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A format of others, which models are exported to and imported from.
 *
 * @param name what {@code --to} and {@code --from} take
 * @param extension how a file's name ends that tells the format
 * @param exporter writes it
 * @param importer reads it, if that is possible
 */
record Format(String name, String extension, Exporter exporter, Optional<Importer> importer) {
  /** All there are; a new one is a line here. */
  private static final List<Format> ALL =
      List.of(
          new Format("onnx", ".onnx", Onnx::write, Optional.empty()),
          stateDict("pytorch", StateDict::byLayer),
          stateDict("torchvision", StateDict::torchvision),
          new Format("keras", ".keras", Keras::write, Optional.of(Format::readKeras)),
          new Format( // before .h5, which its extension ends with
              "keras-weights",
              ".weights.h5",
              Keras::writeWeights,
              Optional.of(weights(Keras::readWeights))),
          new Format("keras-h5", ".h5", Keras::writeH5, Optional.of(Format::readKeras)),
          new Format(
              "keras-json",
              ".json",
              (trained, file) -> Keras.writeJson(trained.network(), file),
              Optional.empty()));

  /** Writes a model in the format. */
  interface Exporter {
    void write(TrainedNetwork trained, Path file) throws IOException;
  }

  /** Reads a model in the format. */
  interface Importer {
    /** A file may hold weights alone; then {@code model} says whose they are. */
    TrainedNetwork read(Path file, Model model) throws IOException;
  }

  /** The model that was named beside a file. */
  interface Model {
    /** Returns it, or says that it takes one. */
    ModelSource get() throws IOException;
  }

  private static Format stateDict(String name, Function<Network, StateDict> names) {
    Exporter exporter =
        (trained, file) -> names.apply(trained.network()).write(trained.weights(), file);
    Importer importer = weights((network, file) -> names.apply(network).read(file));
    return new Format(name, "." + name + ".safetensors", exporter, Optional.of(importer));
  }

  /** Reads the weights of a network that is known. */
  private interface WeightsReader {
    Map<String, Tensor> read(Network network, Path file) throws IOException;
  }

  private static Importer weights(WeightsReader reader) {
    return (file, model) -> {
      ModelSource source = model.get();
      return new TrainedNetwork(
          source.network(),
          source.loss(),
          List.of(Metrics.ACCURACY),
          source.info(),
          reader.read(source.network(), file));
    };
  }

  /** A whole model, as a classifier. */
  private static TrainedNetwork readKeras(Path file, Model none) throws IOException {
    TrainedNetwork read =
        Keras.read(file, Losses.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS, Metrics.ACCURACY);
    return endsInSoftmax(read.network())
        ? new TrainedNetwork(
            read.network(),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            read.metrics(),
            read.info(),
            read.weights())
        : read;
  }

  private static boolean endsInSoftmax(Network network) {
    JsonElement activation =
        LayerJson.write(network.entries().get(network.entries().size() - 1).layer())
            .getAsJsonObject("config")
            .get("activation");
    return activation != null && activation.getAsString().equals("softmax");
  }

  /** Lists the names for {@code --to}. */
  static String exported() {
    return ALL.stream().map(Format::name).collect(Collectors.joining(", "));
  }

  /** Lists the names for {@code --from}. */
  static String imported() {
    return ALL.stream()
        .filter(f -> f.importer.isPresent())
        .map(Format::name)
        .collect(Collectors.joining(", "));
  }

  /** Finds the format by its name, or if there is none, by that of a file. */
  static Format of(String name, Path file, String option) {
    for (Format format : ALL) {
      boolean found =
          name != null ? name.equals(format.name) : file.toString().endsWith(format.extension);
      if (found) {
        return format;
      }
    }
    String all =
        ALL.stream().map(f -> f.name + " (*" + f.extension + ")").collect(Collectors.joining(", "));
    throw new UsageException(
        name != null
            ? "the format '" + name + "' is unknown; there are " + all
            : "the name '" + file + "' tells no format: " + all + ". Rename it, or use " + option);
  }
}
