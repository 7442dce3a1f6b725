// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images and labels in host memory, in every layout a framework may want, so that none pays for
 * another's taste. Direct buffers in native order; read by absolute index or from a duplicate.
 *
 * @param size number of images N
 * @param nhwc {@code [N,H,W,C]} in [0, 1]
 * @param nchw {@code [N,C,H,W]}, the same images
 * @param labels {@code [N]}, class numbers
 * @param oneHot {@code [N,10]}, the same labels
 */
public record Batch(
    int size, FloatBuffer nhwc, FloatBuffer nchw, int[] labels, FloatBuffer oneHot) {
  private static final long SEED = 20;

  /** Share of an image that its class decides; the rest is noise. */
  private static final float SIGNAL = 0.7f;

  /**
   * Draws batches that a net can learn: each image is its class's pattern under noise.
   *
   * @param net whose images
   * @param size images a batch
   * @param count number of batches
   * @return the batches, the same at every call
   */
  public static List<Batch> draw(Net net, int size, int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[][] patterns = new float[Net.CLASSES][net.pixels()];
    for (float[] pattern : patterns) {
      for (int i = 0; i < pattern.length; i++) {
        pattern[i] = (float) random.nextDouble();
      }
    }
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(draw(net, size, patterns, random));
    }
    return batches;
  }

  private static Batch draw(Net net, int size, float[][] patterns, SplittableRandom random) {
    FloatBuffer nhwc = floats(size * net.pixels());
    FloatBuffer nchw = floats(size * net.pixels());
    FloatBuffer oneHot = floats(size * Net.CLASSES);
    int[] labels = new int[size];
    int plane = net.side() * net.side();
    for (int n = 0; n < size; n++) {
      labels[n] = random.nextInt(Net.CLASSES);
      oneHot.put(n * Net.CLASSES + labels[n], 1);
      for (int i = 0; i < net.pixels(); i++) {
        float noise = (float) random.nextDouble();
        float pixel = SIGNAL * patterns[labels[n]][i] + (1 - SIGNAL) * noise;
        int at = i / net.channels();
        int channel = i % net.channels();
        nhwc.put(n * net.pixels() + i, pixel);
        nchw.put(n * net.pixels() + channel * plane + at, pixel);
      }
    }
    return new Batch(size, nhwc, nchw, labels, oneHot);
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(4 * count).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /**
   * Measures predictions.
   *
   * @param probabilities {@code [N,10]}, each row sums to 1
   * @return mean cross-entropy with the labels
   * @throws IllegalStateException if a row is no distribution
   */
  public double crossEntropy(float[] probabilities) {
    double sum = 0;
    for (int n = 0; n < size; n++) {
      double total = 0;
      for (int c = 0; c < Net.CLASSES; c++) {
        total += probabilities[n * Net.CLASSES + c];
      }
      if (!(Math.abs(total - 1) < 1e-3)) {
        throw new IllegalStateException("probabilities of image " + n + " sum to " + total);
      }
      sum -= Math.log(Math.max(1e-30, probabilities[n * Net.CLASSES + labels[n]]));
    }
    return sum / size;
  }
}
