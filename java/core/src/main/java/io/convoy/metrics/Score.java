// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

/** Which score of a class a metric reports. */
enum Score {
  PRECISION("precision"),
  RECALL("recall"),
  F1("f1_score");

  private final String metric;

  Score(String metric) {
    this.metric = metric;
  }

  /** Keras' name of the metric. */
  String metric() {
    return metric;
  }

  double of(ClassScores scores) {
    return switch (this) {
      case PRECISION -> scores.precision();
      case RECALL -> scores.recall();
      case F1 -> scores.f1();
    };
  }
}
