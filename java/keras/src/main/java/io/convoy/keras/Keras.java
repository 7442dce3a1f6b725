// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.convoy.files.AtomicFile;
import io.convoy.losses.Loss;
import io.convoy.metrics.Metric;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.TrainedNetwork;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keras' files: models as {@code .keras} (Keras 3) and {@code .h5} (Keras 2 and 3), weights as
 * {@code .weights.h5} (Keras 3) and {@code .h5} (Keras 2), architectures as {@code .json}. What a
 * file is, its bytes tell, not its name.
 *
 * <p>Read are Sequential and Functional models of one input of a fixed size and one output, with
 * images channels last, of the layers InputLayer, Conv2D, DepthwiseConv2D, Dense, MaxPooling2D,
 * AveragePooling2D, GlobalMaxPooling2D, GlobalAveragePooling2D, BatchNormalization, Dropout,
 * Flatten, Reshape, ZeroPadding2D, Add, Multiply, Concatenate, Activation, ReLU, LeakyReLU, ELU and
 * Softmax. Any other is an error that names it. Initializers, {@code dtype} and what the model was
 * compiled with are not taken over: weights are float32. A batch normalisation that has no {@code
 * gamma} or {@code beta} gets one of 1 or 0, which further training would change.
 *
 * <p>Written are networks of those layers, without augmentation, whose initializers are left to
 * Keras. Padding by amounts becomes a layer ZeroPadding2D.
 *
 * <p>What was verified: the formats were implemented after Keras' sources (version 3.16), without
 * Keras at hand. Reading is tested against files that h5py wrote in Keras' layouts and results that
 * were worked out in NumPy; of what is written, h5py read the groups, attributes and numbers. No
 * file written here has been loaded by Keras itself so far.
 */
public final class Keras {
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private Keras() {}

  /**
   * Reads a model with its weights.
   *
   * @param file a {@code .keras} file, or an {@code .h5} file of a whole model
   * @param loss what is to be minimised
   * @param metrics what else is to be reported
   * @return the network under its layers' names, and its weights
   * @throws IOException if it can't be read, holds no whole model, or one that Convoy can't have;
   *     the message names the file, and the layer
   */
  public static TrainedNetwork read(Path file, Loss loss, Metric... metrics) throws IOException {
    KerasFile content = KerasFile.open(file);
    return trained(architecture(content), content, loss, List.of(metrics));
  }

  /**
   * Reads a model that lies in two files: {@code to_json()} and {@code save_weights()}.
   *
   * @param json what Keras' {@code to_json} made
   * @param weights a {@code .weights.h5} or {@code .h5} file
   * @param loss what is to be minimised
   * @param metrics what else is to be reported
   * @return the network under its layers' names, and its weights
   * @throws IOException if one can't be read, the model is one that Convoy can't have, or the
   *     weights are another's; the message names the file, and the layer
   */
  public static TrainedNetwork read(Path json, Path weights, Loss loss, Metric... metrics)
      throws IOException {
    return trained(
        architecture(KerasFile.open(json)), KerasFile.open(weights), loss, List.of(metrics));
  }

  private static TrainedNetwork trained(
      Architecture architecture, KerasFile file, Loss loss, List<Metric> metrics)
      throws IOException {
    Map<String, Tensor> weights = WeightsReader.read(file.requireWeights(), architecture);
    return new TrainedNetwork(architecture.network(), loss, metrics, weights);
  }

  /**
   * Reads an architecture.
   *
   * @param file what Keras' {@code to_json} made, or a model's file
   * @return the network under its layers' names
   * @throws IOException if it can't be read, holds no architecture, or one that Convoy can't have;
   *     the message names the file, and the layer
   */
  public static Network readNetwork(Path file) throws IOException {
    return architecture(KerasFile.open(file)).network();
  }

  private static Architecture architecture(KerasFile file) throws IOException {
    try {
      return ArchitectureReader.read(file.requireArchitecture());
    } catch (IllegalArgumentException e) {
      throw new IOException(file.path() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads weights into a network that is known. Layers are matched as Keras does: by their order in
   * its topology, and in Keras 3's files of weights by class, too; their names don't matter. A
   * batch normalisation with {@code scale=False} or {@code center=False} needs the architecture
   * beside, see {@link #read(Path, Path, Loss, Metric...)}.
   *
   * @param network whose weights they are
   * @param file a {@code .weights.h5}, {@code .h5} or {@code .keras} file
   * @return tensors by the names {@code layer/weight}, for {@link Model#setWeights}
   * @throws IOException if it can't be read, or layers or shapes differ; the message says where
   */
  public static Map<String, Tensor> readWeights(Network network, Path file) throws IOException {
    Architecture architecture = new Architecture(network, Set.of());
    return WeightsReader.read(KerasFile.open(file).requireWeights(), architecture);
  }

  /**
   * Writes a {@code .keras} file, atomically, for {@code keras.models.load_model} of Keras 3.
   *
   * @param trained the network
   * @param file where to
   * @throws IOException if it can't be written; an older file then stays as it was
   * @throws IllegalArgumentException if Keras has no counterpart of a layer; the message names it
   */
  public static void write(TrainedNetwork trained, Path file) throws IOException {
    Network network = forKeras(trained.network());
    String json = GSON.toJson(ArchitectureWriter.write(network, KerasForm.KERAS3));
    H5Output.write(
        h5 -> WeightsWriter.keras3(network, trained.weights(), h5),
        written ->
            AtomicFile.write(
                file, out -> KerasArchive.write(Channels.newOutputStream(out), json, written)));
  }

  /**
   * Writes an {@code .h5} file of the whole model, atomically, for {@code load_model} of Keras 2
   * and 3.
   *
   * @param trained the network
   * @param file where to
   * @throws IOException if it can't be written; an older file then stays as it was
   * @throws IllegalArgumentException if Keras has no counterpart of a layer, the message names it,
   *     or there are so many that their description exceeds 64,512 bytes
   */
  public static void writeH5(TrainedNetwork trained, Path file) throws IOException {
    Network network = forKeras(trained.network());
    String json = GSON.toJson(ArchitectureWriter.write(network, KerasForm.KERAS2));
    H5Output.write(
        h5 -> {
          h5.text("", "keras_version", KerasVersion.NUMBER);
          h5.text("", "backend", KerasVersion.BACKEND);
          h5.text("", "model_config", json);
          WeightsWriter.keras2(network, trained.weights(), h5);
        },
        written -> copy(written, file));
  }

  /**
   * Writes a {@code .weights.h5} file, atomically, for {@code load_weights} of Keras 3.
   *
   * @param trained the network
   * @param file where to; Keras wants a name that ends in {@code .weights.h5}
   * @throws IOException if it can't be written; an older file then stays as it was
   * @throws IllegalArgumentException if Keras has no counterpart of a pooling layer's padding
   */
  public static void writeWeights(TrainedNetwork trained, Path file) throws IOException {
    Network network = forKeras(trained.network());
    H5Output.write(
        h5 -> WeightsWriter.keras3(network, trained.weights(), h5), written -> copy(written, file));
  }

  /**
   * Writes the architecture, atomically, for {@code model_from_json} of Keras 3.
   *
   * @param network the network
   * @param file where to, such as {@code model.json}
   * @throws IOException if it can't be written; an older file then stays as it was
   * @throws IllegalArgumentException if Keras has no counterpart of a layer; the message names it
   */
  public static void writeJson(Network network, Path file) throws IOException {
    JsonObject json = ArchitectureWriter.write(ExplicitPadding.asLayers(network), KerasForm.KERAS3);
    AtomicFile.write(file, GSON.toJson(json));
  }

  /** Without augmentation, as for inference; padding by amounts as layers. */
  private static Network forKeras(Network network) {
    return ExplicitPadding.asLayers(network.augment());
  }

  private static void copy(Path from, Path to) throws IOException {
    AtomicFile.write(to, out -> transfer(from, out));
  }

  private static void transfer(Path from, WritableByteChannel out) throws IOException {
    try (FileChannel in = FileChannel.open(from)) {
      for (long done = 0; done < in.size(); ) {
        done += in.transferTo(done, in.size() - done, out);
      }
    }
  }
}
