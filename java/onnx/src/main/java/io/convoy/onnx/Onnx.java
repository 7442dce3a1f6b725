// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.files.AtomicFile;
import io.convoy.files.ProtocolBuffer;
import io.convoy.model.Model;
import io.convoy.model.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes networks in ONNX format, as they are for inference, without dropout: opset 17, IR version
 * 8. Instances enter as in Convoy, images {@code [batch, height, width, channels]}, under the name
 * of the input layer; what comes out has the name of the last layer. The batch is open. Inside,
 * images are {@code [batch, channels, height, width]}, as ONNX wants them.
 */
public final class Onnx {
  private Onnx() {}

  /**
   * Writes a model with its weights as they are now, atomically.
   *
   * @param model the model
   * @param file where to, such as {@code model.onnx}
   * @throws IOException if it can't be written; an older file then stays as it was
   * @throws IllegalArgumentException if ONNX has no counterpart of an op, or the file would exceed
   *     2^31-1 bytes
   */
  public static void write(Model model, Path file) throws IOException {
    write(TrainedNetwork.of(model), file);
  }

  /**
   * Writes a network with its weights, atomically.
   *
   * @param trained the network
   * @param file where to, such as {@code model.onnx}
   * @throws IOException if it can't be written; an older file then stays as it was
   * @throws IllegalArgumentException if ONNX has no counterpart of an op, or the file would exceed
   *     2^31-1 bytes
   */
  public static void write(TrainedNetwork trained, Path file) throws IOException {
    ProtocolBuffer model = ModelProto.of(trained);
    if (model.size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "network '"
              + trained.network().name()
              + "' would take "
              + model.size()
              + " bytes as ONNX; such a file is one protocol buffer and can have 2^31-1."
              + " Export it as safetensors, which have no such limit");
    }
    AtomicFile.write(file, model::writeTo);
  }
}
