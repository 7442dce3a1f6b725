// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.initializers.ConstantInitializer;
import io.convoy.initializers.Initializer;
import io.convoy.initializers.RandomInitializer;

/** Initializers as settings: {@code constant}, {@code uniform} or {@code normal}. */
final class InitializerJson {
  private InitializerJson() {}

  static void write(Config config, String key, Initializer initializer) {
    if (initializer instanceof ConstantInitializer) {
      config.put(key, "constant");
      config.put(key + "_value", ((ConstantInitializer) initializer).value());
    } else if (initializer instanceof RandomInitializer) {
      RandomInitializer random = (RandomInitializer) initializer;
      config.put(key, random.normal() ? "normal" : "uniform");
      config.put(key + "_scale", random.scale().name());
      config.put(key + "_value", random.value());
    } else {
      throw new IllegalArgumentException(
          "an initializer of one's own can't be saved: " + initializer);
    }
  }

  static Initializer read(Config config, String key) {
    String kind = config.text(key);
    float value = config.number(key + "_value");
    switch (kind) {
      case "constant":
        return Initializer.constant(value);
      case "normal":
      case "uniform":
        RandomInitializer.Scale scale =
            RandomInitializer.Scale.valueOf(config.text(key + "_scale"));
        return new RandomInitializer(scale, kind.equals("normal"), value);
      default:
        throw new IllegalArgumentException("initializer '" + kind + "' is unknown");
    }
  }
}
