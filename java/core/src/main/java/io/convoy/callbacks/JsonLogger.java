// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import com.google.gson.JsonObject;
import io.convoy.model.EpochResult;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps what each epoch brought as JSON lines, an object an epoch with the members {@code epoch},
 * counted from 1, those of {@link EpochResult#logs}, {@code seconds}, {@code images_per_second}. A
 * fit that goes on keeps the lines of its earlier epochs; another fit begins the file anew.
 */
public final class JsonLogger extends EpochLog {
  /**
   * Makes the callback.
   *
   * @param file where to, replaced atomically after each epoch
   */
  public JsonLogger(Path file) {
    super(file);
  }

  @Override
  String text(List<EpochResult> epochs) {
    StringBuilder text = new StringBuilder();
    epochs.forEach(epoch -> text.append(line(epoch)).append('\n'));
    return text.toString();
  }

  private static JsonObject line(EpochResult epoch) {
    JsonObject json = new JsonObject();
    json.addProperty("epoch", epoch.epoch());
    epoch.logs().forEach(json::addProperty);
    json.addProperty("seconds", epoch.seconds());
    json.addProperty("images_per_second", epoch.imagesPerSecond());
    return json;
  }
}
