// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Labelled instances, each a dense float array of one shape and the index of its class. Immutable
 * and thread-safe. What changes a dataset, as {@link #map} and {@link #shuffle} do, makes another
 * that looks at this one; only {@link #cache} copies data.
 */
public interface Dataset {
  /**
   * Makes a dataset of arrays. There are as many classes as the labels have: the greatest and 1
   * more, at least 2.
   *
   * @param features FLOAT32 {@code [instances, instance...]}, taken as they are; or UINT8 {@code
   *     [instances, height, width]} or {@code [instances, height, width, channels]}, images of
   *     which 255 becomes 1; copied
   * @param labels INT32 or UINT8, {@code [instances]} or {@code [instances, 1]}, from 0; copied
   * @return the dataset
   * @throws IllegalArgumentException if types or shapes are others, counts differ, there is no
   *     instance, or a label is negative
   */
  static Dataset of(Tensor features, Tensor labels) {
    int[] indices = TensorInstances.labels(labels);
    return TensorInstances.of(features, indices, Instances.countClasses(indices));
  }

  /**
   * Makes a dataset of arrays, such as a test set with the classes of a training set.
   *
   * @param features as in {@link #of(Tensor, Tensor)}
   * @param labels as there, each from 0 to classes - 1
   * @param classes number of classes
   * @return the dataset
   * @throws IllegalArgumentException as there, or if a label is beyond the classes
   */
  static Dataset of(Tensor features, Tensor labels, int classes) {
    return TensorInstances.of(features, TensorInstances.labels(labels), classes);
  }

  /**
   * Returns the number of instances.
   *
   * @return at least 1
   */
  int size();

  /**
   * Returns the shape of one instance.
   *
   * @return such as {@code [height, width, channels]}, without the batch
   */
  Shape instanceShape();

  /**
   * Returns the number of classes.
   *
   * @return at least 1; labels are 0 to classes - 1
   */
  int classes();

  /**
   * Returns what the numbers stand for.
   *
   * @return the classes' names, 0, 1, … if they have none, and the encoding of a table
   */
  default DatasetInfo info() {
    return DatasetInfo.numbered(classes());
  }

  /**
   * Returns the class of one instance.
   *
   * @param index which instance, from 0
   * @return its label, 0 to classes - 1
   * @throws IndexOutOfBoundsException if the index is outside
   */
  default int label(int index) {
    IntBuffer label = IntBuffer.allocate(1);
    copy(index, 0, FloatBuffer.allocate((int) instanceShape().elements()), label);
    return label.get(0);
  }

  /**
   * Counts the instances of each class.
   *
   * @return for each class, from 0, how many instances have it
   */
  default int[] classCounts() {
    int[] counts = new int[classes()];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /**
   * Copies one instance into a batch. Implementations allocate nothing: this runs in every training
   * step.
   *
   * @param index which instance, from 0
   * @param row where in the batch it goes, from 0
   * @param features {@code [batch, instance...]}, dense; written by absolute index
   * @param labels {@code [batch]}; written by absolute index
   * @throws IndexOutOfBoundsException if index or row is outside
   */
  void copy(int index, int row, FloatBuffer features, IntBuffer labels);

  /**
   * Copies instances into the first rows of a batch, without allocation.
   *
   * @param indices which instances
   * @param from the first of the indices to use
   * @param count how many to use, and how many rows to write
   * @param features {@code [batch, instance...]}, dense; written by absolute index
   * @param labels {@code [batch]}; written by absolute index
   * @throws IndexOutOfBoundsException if an index or a row is outside
   */
  default void copy(int[] indices, int from, int count, FloatBuffer features, IntBuffer labels) {
    for (int row = 0; row < count; row++) {
      copy(indices[from + row], row, features, labels);
    }
  }

  /**
   * Tells whether instances have weights.
   *
   * @return false if {@link #weight} is 1 for all
   */
  default boolean isWeighted() {
    return false;
  }

  /**
   * Returns what the loss of an instance is multiplied by: Keras' {@code sample_weight}.
   *
   * @param index which instance, from 0
   * @return its weight, at least 0
   * @throws IndexOutOfBoundsException if the index is outside
   */
  default float weight(int index) {
    Objects.checkIndex(index, size());
    return 1;
  }

  /**
   * Gives each instance a weight, which its loss is multiplied by in training and evaluation. As in
   * Keras, the loss of a batch stays the sum divided by the number of instances, not by the sum of
   * their weights, and metrics know no weights.
   *
   * @param weights {@code [instances]}, finite and at least 0; copied
   * @return this dataset with the weights in place of those it had
   * @throws IllegalArgumentException if it isn't a weight an instance, or one is out of range
   */
  default Dataset weighted(float[] weights) {
    return new WeightedDataset(this, weights);
  }

  /**
   * Returns a part of this dataset, without copying data.
   *
   * @param from the first instance
   * @param to behind the last instance
   * @return the instances from {@code from} to {@code to - 1}, numbered from 0
   * @throws IndexOutOfBoundsException if the range is outside
   * @throws IllegalArgumentException if it is empty
   */
  default Dataset range(int from, int to) {
    return new DatasetRange(this, from, to);
  }

  /**
   * Names the classes.
   *
   * @param classNames what class 0, 1, … is called
   * @return the same instances
   * @throws IllegalArgumentException if there are more or fewer names than classes
   */
  default Dataset named(List<String> classNames) {
    return new DescribedDataset(this, new DatasetInfo(classNames, info().encoding()));
  }

  /**
   * Changes features whenever an instance is copied; shape and label stay.
   *
   * @param function changes an instance's features where they are
   * @return the changed instances
   */
  default Dataset map(FeatureFunction function) {
    return new MappedDataset(this, function);
  }

  /**
   * Mixes the instances, into an order of no epoch of a {@code fit}.
   *
   * @param seed which of the orders
   * @return the same instances in another order
   */
  default Dataset shuffle(long seed) {
    return shuffle(seed, 0);
  }

  /**
   * Mixes the instances as {@code fit} does in an epoch.
   *
   * @param seed the run's seed
   * @param epoch from 1, as {@code fit} counts
   * @return the same instances in the order of {@link Shuffle#permute}
   */
  default Dataset shuffle(long seed, int epoch) {
    int[] order = new int[size()];
    new Shuffle(seed).permute(order, epoch);
    return new DatasetSelection(this, order);
  }

  /**
   * Returns the first instances.
   *
   * @param count how many, at least 1; all if there are fewer
   * @return the instances
   * @throws IllegalArgumentException if the count is below 1
   */
  default Dataset take(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 instance must be taken, not " + count);
    }
    return range(0, Math.min(count, size()));
  }

  /**
   * Returns what is behind the first instances.
   *
   * @param count how many to leave out, from 0 to size - 1
   * @return the others
   * @throws IllegalArgumentException if it is outside
   */
  default Dataset skip(int count) {
    if (count < 0 || count >= size()) {
      throw new IllegalArgumentException(
          "of " + size() + " instances 0 to " + (size() - 1) + " can be skipped, not " + count);
    }
    return range(count, size());
  }

  /**
   * Makes each instance once and keeps it: for what {@link #map} does at length.
   *
   * @return the same instances as floats; this, if it is {@link #packed} bytes, which are kept
   * @throws IllegalArgumentException if there are 2^31 values or more
   */
  default Dataset cache() {
    if (packed().isPresent()) {
      return this;
    }
    Dataset copy = ArrayDataset.copyOf(this);
    return isWeighted() ? new WeightedDataset(copy, WeightedDataset.weightsOf(this)) : copy;
  }

  /**
   * Goes through the instances in batches, in this order. Each iteration begins anew.
   *
   * @param batchSize instances a batch, at least 1; the last batch has the rest
   * @return the batches; each is overwritten when the next is asked for, as one pair of tensors
   *     holds them all, but for a smaller last one
   * @throws IllegalArgumentException if the size is below 1
   */
  default Iterable<Batch> batch(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has at least 1 instance, not " + batchSize);
    }
    return () -> new BatchIterator(this, batchSize);
  }

  /**
   * Returns the instances as bytes, if that is what they are.
   *
   * @return the bytes and where in them each instance is; empty if instances are made otherwise
   */
  default Optional<PackedImages.Part> packed() {
    return Optional.empty();
  }
}
