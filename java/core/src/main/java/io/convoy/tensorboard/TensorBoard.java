// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensorboard;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.data.Dataset;
import io.convoy.files.ProtocolBuffer;
import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes event files for TensorBoard, as Keras' {@code TensorBoard} does: {@code tensorboard
 * --logdir FOLDER} shows two runs, {@code train} and {@code validation}, whose curves lie in one
 * chart.
 *
 * <p>After each epoch come {@code epoch_loss} and the metrics, of the training also {@code
 * epoch_learning_rate} (the rate of the next step) and {@code epoch_images_per_second}, at the
 * number of the epoch, from 1. At the beginning of a fit comes the graph. More has to be asked for.
 * A fit that goes on begins another file in the same folders, which TensorBoard joins.
 */
public final class TensorBoard implements Callback {
  private final Path folder;
  private int everySteps;
  private boolean histograms;
  private Optional<Dataset> images = Optional.empty();
  private int imageCount;
  private Optional<Dataset> gradients = Optional.empty();
  private int gradientCount;
  private EventFile train;
  private Optional<EventFile> validation;

  /**
   * Makes the callback.
   *
   * @param folder TensorBoard's {@code logdir}; made if there is none
   */
  public TensorBoard(Path folder) {
    this.folder = folder;
  }

  /**
   * Also writes the mean loss of the epoch so far, {@code batch_loss}, every so many steps, at the
   * number of the step in the whole fit: Keras' {@code update_freq}. Each time waits for the
   * device, and allocates.
   *
   * @param steps training steps
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public TensorBoard everySteps(int steps) {
    everySteps = requirePositive("everySteps", steps);
    return this;
  }

  /**
   * Also writes a histogram of each weight after each epoch, with TensorFlow's buckets: Keras'
   * {@code histogram_freq = 1}. A weight that is not finite then ends the fit with an
   * IllegalArgumentException that names it.
   *
   * @return this
   */
  public TensorBoard histograms() {
    histograms = true;
    return this;
  }

  /**
   * Also writes a histogram of the gradient by each trainable weight after each epoch, {@code
   * gradients/...}: of the mean loss of a batch that is always the same.
   *
   * @param data whose first instances make up the batch, such as the training set
   * @param count how many; all, if there are fewer
   * @return this
   * @throws IllegalArgumentException if count is less than 1
   */
  public TensorBoard gradients(Dataset data, int count) {
    gradientCount = Math.min(requirePositive("count", count), data.size());
    gradients = Optional.of(data);
    return this;
  }

  /**
   * Also writes the first images of a data set at the beginning of a fit, {@code images/0} and so
   * on.
   *
   * @param data images {@code [height, width, channels]} with 1, 3 or 4 channels, from 0 for black
   *     to 1
   * @param count how many; all, if there are fewer
   * @return this
   * @throws IllegalArgumentException if they are no such images, or count is less than 1
   */
  public TensorBoard images(Dataset data, int count) {
    Image.check(data.instanceShape());
    imageCount = Math.min(requirePositive("count", count), data.size());
    images = Optional.of(data);
    return this;
  }

  private static int requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, is " + value);
    }
    return value;
  }

  @Override
  public void onTrainBegin(Fit fit) {
    train = EventFile.create(folder.resolve("train"));
    validation =
        fit.validates()
            ? Optional.of(EventFile.create(folder.resolve("validation")))
            : Optional.empty();
    if (fit.position().epoch() == 0 && fit.position().step() == 0) {
      train.writeGraph(GraphDef.of(fit.model().features().graph()));
      images.ifPresent(data -> train.write(0, samples(data)));
    }
  }

  private List<ProtocolBuffer> samples(Dataset data) {
    Shape shape = data.instanceShape();
    FloatBuffer pixels = FloatBuffer.allocate((int) shape.elements());
    List<ProtocolBuffer> samples = new ArrayList<>();
    for (int i = 0; i < imageCount; i++) {
      data.copy(i, 0, pixels, IntBuffer.allocate(1));
      samples.add(Summaries.image("images/" + i, Image.of(pixels, shape)));
    }
    return samples;
  }

  @Override
  public void onBatchEnd(Fit fit) {
    long step = (fit.epoch() - 1L) * fit.steps() + fit.step();
    if (everySteps > 0 && step % everySteps == 0) {
      train.write(step, List.of(Summaries.scalar("batch_loss", fit.loss())));
    }
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    List<ProtocolBuffer> values = scalars(result.training());
    values.add(Summaries.scalar("epoch_learning_rate", fit.learningRate().next()));
    values.add(Summaries.scalar("epoch_images_per_second", result.imagesPerSecond()));
    if (histograms) {
      fit.model()
          .weights()
          .forEach((name, weight) -> values.add(Summaries.histogram(name, weight)));
    }
    gradients.ifPresent(
        data ->
            fit.model()
                .gradients(data, gradientCount)
                .forEach((name, g) -> values.add(Summaries.histogram("gradients/" + name, g))));
    train.write(result.epoch(), values);
    validation.ifPresent(
        file -> file.write(result.epoch(), scalars(result.validation().orElseThrow())));
  }

  private static List<ProtocolBuffer> scalars(Evaluation evaluation) {
    List<ProtocolBuffer> values = new ArrayList<>();
    values.add(Summaries.scalar("epoch_loss", evaluation.loss()));
    evaluation
        .metrics()
        .forEach((name, value) -> values.add(Summaries.scalar("epoch_" + name, value)));
    return values;
  }
}
