// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.data.Dataset;
import io.convoy.model.Model;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often which class was predicted as which: counts {@code [true, predicted]}, and what follows
 * from them. Immutable.
 */
public final class ConfusionMatrix {
  private final int[][] counts; // [true, predicted]
  private final long[] support;
  private final long[] predicted;
  private final long total;
  private final long right;

  private ConfusionMatrix(int[][] counts) {
    int classes = counts.length;
    this.counts = counts;
    this.support = new long[classes];
    this.predicted = new long[classes];
    for (int label = 0; label < classes; label++) {
      for (int prediction = 0; prediction < classes; prediction++) {
        support[label] += counts[label][prediction];
        predicted[prediction] += counts[label][prediction];
      }
    }
    this.total = IntStream.range(0, classes).mapToLong(c -> support[c]).sum();
    this.right = IntStream.range(0, classes).mapToLong(c -> counts[c][c]).sum();
  }

  /**
   * Counts.
   *
   * @param labels {@code [instances]}, the true classes
   * @param predictions {@code [instances]}, the predicted classes
   * @param classes how many there are, at least 1; labels and predictions are 0 to classes - 1
   * @return the matrix
   * @throws IllegalArgumentException if there are no classes or no instances, the two differ in
   *     number, or a class is outside
   */
  public static ConfusionMatrix of(int[] labels, int[] predictions, int classes) {
    if (labels.length == 0 || labels.length != predictions.length) {
      throw new IllegalArgumentException(
          String.format(
              "%d labels, %d predictions; a confusion matrix wants one of each for an instance,"
                  + " and an instance at least",
              labels.length, predictions.length));
    }
    if (classes < 1) {
      throw new IllegalArgumentException(
          "a confusion matrix wants at least 1 class, is " + classes);
    }
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      requireClass("label", i, labels[i], classes);
      requireClass("prediction", i, predictions[i], classes);
      counts[labels[i]][predictions[i]]++;
    }
    return new ConfusionMatrix(counts);
  }

  private static void requireClass(String what, int instance, int value, int classes) {
    if (value < 0 || value >= classes) {
      throw new IllegalArgumentException(
          String.format(
              "the %s of instance %d is %d; with %d classes it is 0 to %d",
              what, instance, value, classes, classes - 1));
    }
  }

  /**
   * Runs a model over a data set, a batch at a time; {@link Predictions} says which class is
   * predicted, and gets the matrix in the same pass as loss and metrics.
   *
   * @param model predicts
   * @param data instances with their true classes
   * @param batchSize instances a step, at least 1
   * @return the matrix, of as many classes as the model has outputs, and of 2 for a single output
   * @throws IllegalArgumentException if data and network don't fit, or an output is NaN
   */
  public static ConfusionMatrix of(Model model, Dataset data, int batchSize) {
    return Predictions.of(model, data, batchSize).confusion();
  }

  /**
   * Returns the number of classes.
   *
   * @return how many, with those that neither occur nor are predicted
   */
  public int classes() {
    return counts.length;
  }

  /**
   * Counts a confusion.
   *
   * @param label the true class
   * @param prediction the predicted class
   * @return instances of the one predicted as the other
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int count(int label, int prediction) {
    return counts[label][prediction];
  }

  /**
   * Counts all instances.
   *
   * @return at least 1
   */
  public long total() {
    return total;
  }

  /**
   * Returns the share of instances whose class was predicted.
   *
   * @return from 0 to 1
   */
  public double accuracy() {
    return (double) right / total;
  }

  /**
   * Returns how well a class is recognised.
   *
   * @param label the class
   * @return its precision, recall, F1 and support
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public ClassScores scores(int label) {
    return ClassScores.of(counts[label][label], predicted[label], support[label]);
  }

  /**
   * Averages the classes' scores, each class alike. As in scikit-learn, a class that neither occurs
   * nor is predicted is left out.
   *
   * @return the means, and the support of all
   */
  public ClassScores macroAverage() {
    double weight = 1.0 / present().size();
    return average(scores -> weight);
  }

  /**
   * Averages the classes' scores by their support.
   *
   * @return the means, and the support of all; the recall is the accuracy
   */
  public ClassScores weightedAverage() {
    return average(scores -> (double) scores.support() / total);
  }

  private ClassScores average(ToDoubleFunction<ClassScores> weight) {
    ClassScores sum = new ClassScores(0, 0, 0, 0);
    for (int label : present()) {
      ClassScores scores = scores(label);
      sum = sum.plus(scores, weight.applyAsDouble(scores));
    }
    return sum;
  }

  /**
   * Finds the classes that are recognised worst.
   *
   * @param limit how many at most
   * @return of the classes that occur or are predicted those of lowest F1, the lowest first; all of
   *     them in their order if they are not more than the limit
   */
  public List<Integer> worst(int limit) {
    List<Integer> present = present();
    if (present.size() <= limit) {
      return present;
    }
    Comparator<Integer> byF1 = Comparator.comparingDouble(c -> scores(c).f1());
    return present.stream().sorted(byF1).limit(limit).toList();
  }

  /** The classes that occur or are predicted. */
  List<Integer> present() {
    return IntStream.range(0, classes())
        .filter(c -> support[c] + predicted[c] > 0)
        .boxed()
        .toList();
  }

  /**
   * Writes scores and matrix for people, with the classes' numbers as names.
   *
   * @param limit as for {@link #toText(List, int)}
   * @return the text
   */
  public String toText(int limit) {
    return toText(numbers(), limit);
  }

  /**
   * Writes scores and matrix for people: a table of the classes' scores with their averages, an
   * empty line, and the matrix with a row for each true and a column for each predicted class.
   * Classes that neither occur nor are predicted are left out.
   *
   * @param names of the classes
   * @param limit how many classes to show, at least 1; of more it shows those of lowest F1, the
   *     lowest first, and sums up predictions of all others in a column
   * @return lines that end in {@code \n}
   * @throws IllegalArgumentException if it isn't a name a class, or the limit is below 1
   */
  public String toText(List<String> names, int limit) {
    return new ConfusionText(this, requireNames(names), limit).text();
  }

  /**
   * Writes the matrix as comma-separated values, with the classes' numbers as names.
   *
   * @return as of {@link #toCsv(List)}
   */
  public String toCsv() {
    return toCsv(numbers());
  }

  /**
   * Writes the matrix as comma-separated values (RFC 4180, but for lines that end in {@code \n}): a
   * header with {@code true} and the names, then for each true class its name and its counts by
   * predicted class.
   *
   * @param names of the classes
   * @return lines that end in {@code \n}
   * @throws IllegalArgumentException if it isn't a name a class
   */
  public String toCsv(List<String> names) {
    return ConfusionCsv.text(this, requireNames(names));
  }

  private List<String> numbers() {
    return IntStream.range(0, classes()).mapToObj(Integer::toString).toList();
  }

  private List<String> requireNames(List<String> names) {
    if (names.size() != classes()) {
      throw new IllegalArgumentException(
          names.size() + " names for " + classes() + " classes; each wants one");
    }
    return names;
  }
}
