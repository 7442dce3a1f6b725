// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

/** A framework with one net in it. Batches of any size may come in any order. */
public interface Contestant extends AutoCloseable {
  /**
   * Counts the trainable parameters.
   *
   * @return their number
   */
  long parameters();

  /**
   * Does one training step, from images in host memory to updated weights: softmax cross-entropy,
   * Adam with rate 1e-3.
   *
   * @param batch images and labels
   */
  void train(Batch batch);

  /**
   * Predicts, from images in host memory to probabilities in host memory.
   *
   * @param batch images
   * @param probabilities {@code [N,10]}, written
   */
  void infer(Batch batch, float[] probabilities);

  /** Frees all. */
  @Override
  void close();
}
