// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import io.convoy.files.pytorch.StateDict;
import io.convoy.keras.Keras;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.Model;
import io.convoy.model.TrainedNetwork;
import io.convoy.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Path;

/** A model as files that others read, and weights that others wrote. */
public final class OthersFiles {
  private OthersFiles() {}

  /**
   * Writes a model for ONNX Runtime and for PyTorch.
   *
   * @param model the model
   * @param folder where to
   * @throws IOException if it can't be written
   */
  public static void write(Model model, Path folder) throws IOException {
    Onnx.write(model, folder.resolve("model.onnx"));
    StateDict names = StateDict.byLayer(model.network()); // conv2d.weight, dense.bias …
    names.write(model.weights(), folder.resolve("model.pytorch.safetensors"));
  }

  /**
   * Writes a model for Keras: as one file, and as an architecture with its weights beside.
   *
   * @param model the model
   * @param folder where to
   * @throws IOException if it can't be written
   */
  public static void writeKeras(Model model, Path folder) throws IOException {
    TrainedNetwork trained = TrainedNetwork.of(model);
    Keras.write(trained, folder.resolve("model.keras")); // load_model("model.keras")
    Keras.writeJson(trained.network(), folder.resolve("model.json")); // model_from_json
    Keras.writeWeights(trained, folder.resolve("model.weights.h5")); // load_weights
  }

  /**
   * Reads a model that Keras saved.
   *
   * @param file Keras' file
   * @return the network and its weights; {@code compile} brings it to a device, {@code save} makes
   *     a model file
   * @throws IOException if it can't be read, or has layers that Convoy has not
   */
  public static TrainedNetwork readKeras(Path file) throws IOException {
    return Keras.read(file, Losses.SPARSE_CATEGORICAL_CROSSENTROPY, Metrics.ACCURACY);
  }

  /**
   * Takes over weights that torchvision's network of the same name was trained to.
   *
   * @param model a network of the zoo that torchvision has
   * @param file torchvision's weights as safetensors
   * @throws IOException if they can't be read, or are another network's
   */
  public static void read(Model model, Path file) throws IOException {
    model.setWeights(StateDict.torchvision(model.network()).read(file)); // layer1.0.conv1.weight …
  }
}
