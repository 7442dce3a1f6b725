// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import java.util.List;

/** Joins two or more branches element by element: Keras' Add and Multiply. */
public final class Merge implements Layer {
  /** How branches are joined. */
  public enum Kind {
    /** The sum. */
    ADD("Add"),
    /** The product. */
    MULTIPLY("Multiply");

    private final String className;

    Kind(String className) {
      this.className = className;
    }
  }

  private final Kind kind;

  Merge(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException(
          "layer '" + scope.name() + "' (" + className() + ") wants at least two inputs");
    }
    Value joined = inputs.get(0);
    for (Value next : inputs.subList(1, inputs.size())) {
      joined = kind == Kind.ADD ? Nn.add(joined, next) : Nn.multiply(joined, next);
    }
    return joined;
  }

  @Override
  public String className() {
    return kind.className;
  }

  @Override
  public Config config() {
    return new Config();
  }
}
