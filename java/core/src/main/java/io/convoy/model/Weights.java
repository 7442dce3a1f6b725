// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Checks values that are for variables. */
final class Weights {
  private Weights() {}

  /**
   * Wants a value for each variable, and no other.
   *
   * @throws IllegalArgumentException if names or shapes differ; the message says which
   */
  static void require(Map<String, Tensor> values, List<Value> variables) {
    if (values.size() != variables.size()) {
      throw new IllegalArgumentException(
          values.size() + " tensors are given, the model has " + variables.size());
    }
    for (Value variable : variables) {
      Tensor value = values.get(variable.name());
      if (value == null || !value.spec().equals(variable.spec())) {
        throw new IllegalArgumentException(
            "the model wants "
                + variable
                + ", given is "
                + (value == null ? "no tensor of that name" : value.spec().toString()));
      }
    }
  }
}
