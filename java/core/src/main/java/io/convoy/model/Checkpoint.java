// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import com.google.gson.JsonParseException;
import io.convoy.files.SafeTensors;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything a fit needs to go on as if it had never stopped: weights, optimizer state, step, sums,
 * and the position. The generators' states follow from seed, epoch and step.
 *
 * @param position where the fit stood
 * @param state the model's variables by name
 * @param seed the model's seed
 */
public record Checkpoint(Position position, Map<String, Tensor> state, long seed) {
  private static final String POSITION = "convoy.position";
  private static final String SEED = "convoy.seed";

  static boolean isIn(Map<String, String> metadata) {
    return metadata.containsKey(POSITION);
  }

  /**
   * Saves a model and the position of its fit as safetensors, atomically.
   *
   * @param model the model
   * @param position where the fit stands
   * @param file where to
   * @throws IOException if it can't be written; an older file then stays as it was
   */
  public static void save(Model model, Position position, Path file) throws IOException {
    Map<String, String> metadata =
        ModelFile.metadata(model.network(), model.loss(), model.metrics(), model.datasetInfo());
    metadata.put(POSITION, PositionJson.write(position));
    metadata.put(SEED, Long.toString(model.seed()));
    SafeTensors.write(file, model.state(), metadata);
  }

  /**
   * Loads a checkpoint.
   *
   * @param file what {@link #save} wrote
   * @return the checkpoint
   * @throws IOException if it can't be read or is no checkpoint; the message says why
   */
  public static Checkpoint load(Path file) throws IOException {
    SafeTensors.Content content = SafeTensors.read(file);
    String position = content.metadata().get(POSITION);
    String seed = content.metadata().get(SEED);
    if (position == null || seed == null) {
      throw new IOException(file + " is no checkpoint; was it written by Checkpoint.save?");
    }
    try {
      long key = Long.parseLong(seed);
      return new Checkpoint(PositionJson.read(position), content.tensors(), key);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | UnsupportedOperationException
        | NullPointerException
        | NumberFormatException e) {
      throw new IOException(file + ": its position can't be read: " + e.getMessage(), e);
    }
  }

  /**
   * Puts a model where the checkpoint was; then fit it {@link FitOptions#from} the position.
   *
   * @param model compiled from the same network with the same optimizer and seed
   * @throws IllegalArgumentException if seed, variables or shapes differ; nothing is changed then
   */
  public void restore(Model model) {
    if (model.seed() != seed) {
      throw new IllegalArgumentException(
          "the checkpoint was made with seed " + seed + ", the model has " + model.seed());
    }
    model.setState(state);
  }
}
