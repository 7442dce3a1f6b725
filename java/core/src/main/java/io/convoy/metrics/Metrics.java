// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.ops.Activation;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The metrics, with Keras' names. */
public final class Metrics {
  /** Share of instances whose largest prediction, the first of equals, is the label's class. */
  public static final Metric ACCURACY = new TopKAccuracy(1);

  /** Share of outputs on the right side of 0.5. */
  public static final Metric BINARY_ACCURACY = new BinaryAccuracy();

  /** Mean of (prediction - label)^2 over the outputs of an instance; labels are dense. */
  public static final Metric MEAN_SQUARED_ERROR =
      new MeanError("mean_squared_error", Activation.of(Activation.Kind.SQUARE));

  /** Mean of |prediction - label| over the outputs of an instance; labels are dense. */
  public static final Metric MEAN_ABSOLUTE_ERROR =
      new MeanError("mean_absolute_error", Activation.of(Activation.Kind.ABS));

  /**
   * Precision, the share of the class among what is predicted as it: the mean over the classes that
   * occur or are predicted, each alike, as {@link ConfusionMatrix#macroAverage}. Predicted is the
   * class of the largest output; of a single output it is whether it is at least 0.5, and the score
   * is that of the class 1, with labels of 0 and 1. 0 where a class is not predicted.
   */
  public static final Metric PRECISION = new ClassScoreMetric(Score.PRECISION, OptionalInt.empty());

  /** Recall, the share of the class that is predicted as it; otherwise as {@link #PRECISION}. */
  public static final Metric RECALL = new ClassScoreMetric(Score.RECALL, OptionalInt.empty());

  /**
   * F1, the harmonic mean of precision and recall; otherwise as {@link #PRECISION}. Keras' {@code
   * F1Score(average="macro")} also takes in classes that neither occur nor are predicted, as 0.
   */
  public static final Metric F1_SCORE = new ClassScoreMetric(Score.F1, OptionalInt.empty());

  /**
   * The area under the ROC curve through 200 thresholds, by the trapezoidal rule, as Keras' {@code
   * AUC}: an approximation that sums can be kept of while training; {@link RocAuc} is exact. It
   * wants probabilities, so sigmoid or softmax outputs. Of several outputs all are taken together,
   * each against its own label, 0 or 1. 0 if all labels are alike.
   */
  public static final Metric AUC = new Auc();

  private static final List<Metric> FIXED =
      List.of(
          ACCURACY,
          BINARY_ACCURACY,
          PRECISION,
          RECALL,
          F1_SCORE,
          AUC,
          MEAN_SQUARED_ERROR,
          MEAN_ABSOLUTE_ERROR);
  private static final String TOP = "top_";
  private static final String ACCURACY_SUFFIX = "_accuracy";

  private Metrics() {}

  /**
   * Share of instances whose label's class is among the k largest predictions.
   *
   * @param k how many, at least 1
   * @return the metric
   */
  public static Metric topKAccuracy(int k) {
    return new TopKAccuracy(k);
  }

  /**
   * Precision of one class, as {@link #PRECISION}.
   *
   * @param label the class, from 0; of a single output 0, the only one
   * @return the metric, called such as {@code precision_class_3}
   */
  public static Metric precision(int label) {
    return ofClass(Score.PRECISION, label);
  }

  /**
   * Recall of one class, as {@link #RECALL}.
   *
   * @param label the class, from 0; of a single output 0, the only one
   * @return the metric, called such as {@code recall_class_3}
   */
  public static Metric recall(int label) {
    return ofClass(Score.RECALL, label);
  }

  /**
   * F1 of one class, as {@link #F1_SCORE}.
   *
   * @param label the class, from 0; of a single output 0, the only one
   * @return the metric, called such as {@code f1_score_class_3}
   */
  public static Metric f1Score(int label) {
    return ofClass(Score.F1, label);
  }

  private static Metric ofClass(Score score, int label) {
    if (label < 0) {
      throw new IllegalArgumentException("classes count from 0, got " + label);
    }
    return new ClassScoreMetric(score, OptionalInt.of(label));
  }

  /**
   * Finds a metric by its name.
   *
   * @param name what {@link Metric#name} returned
   * @return the metric
   * @throws IllegalArgumentException if there is none
   */
  public static Metric byName(String name) {
    for (Metric metric : FIXED) {
      if (metric.name().equals(name)) {
        return metric;
      }
    }
    if (name.matches(TOP + "[1-9][0-9]{0,5}" + ACCURACY_SUFFIX)) {
      int end = name.length() - ACCURACY_SUFFIX.length();
      return topKAccuracy(Integer.parseInt(name.substring(TOP.length(), end)));
    }
    for (Score score : Score.values()) {
      if (name.matches(score.metric() + ClassScoreMetric.CLASS + "[0-9]{1,6}")) {
        int begin = score.metric().length() + ClassScoreMetric.CLASS.length();
        return ofClass(score, Integer.parseInt(name.substring(begin)));
      }
    }
    throw new IllegalArgumentException(
        "metric '"
            + name
            + "' is unknown; there are "
            + FIXED.stream().map(Metric::name).collect(Collectors.joining(", "))
            + ", top_K_accuracy, precision_class_C, recall_class_C, f1_score_class_C");
  }
}
