// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.losses.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static io.convoy.metrics.Metrics.ACCURACY;
import static io.convoy.model.FitOptions.epochs;
import static io.convoy.optimizers.Optimizers.adam;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.EarlyStopping;
import io.convoy.callbacks.Fit;
import io.convoy.callbacks.ReduceLROnPlateau;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.model.EpochResult;
import io.convoy.model.History;
import io.convoy.model.Model;
import io.convoy.tensorboard.TensorBoard;
import java.io.IOException;
import java.nio.file.Path;

/** A fit with callbacks, one's own among them. */
public final class WatchedFit {
  private WatchedFit() {}

  /**
   * Trains the workshop's network until it is good enough.
   *
   * @param data the training set, whose last tenth is for validation
   * @param logs TensorBoard's folder
   * @return what each epoch brought
   */
  public static History train(Dataset data, Path logs) {
    Callback goodEnough =
        new Callback() {
          @Override
          public void onEpochEnd(Fit fit, EpochResult result) {
            if (result.logs().get("val_accuracy") > 0.99) {
              fit.stop();
            }
          }
        };
    try (Model model =
        KerasWords.network().compile(adam(1e-3), SPARSE_CATEGORICAL_CROSSENTROPY, ACCURACY)) {
      return model.fit(
          data,
          epochs(20)
              .validationSplit(0.1)
              .callbacks(
                  goodEnough,
                  new ReduceLROnPlateau("val_loss", 0.1, 2),
                  new EarlyStopping("val_loss", 5).restoreBestWeights(),
                  new TensorBoard(logs)));
    }
  }

  /**
   * Trains on MNIST.
   *
   * @param args none
   * @throws IOException if the data can't be read
   */
  public static void main(String[] args) throws IOException {
    train(Mnist.load().train(), Path.of("logs")).epochs().forEach(System.out::println);
  }
}
