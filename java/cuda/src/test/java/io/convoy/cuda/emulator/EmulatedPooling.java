// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.PoolingShape;
import io.convoy.cuda.device.PoolingStep;
import io.convoy.tensor.DType;

/** cuDNN's pooling: padding counts neither as an element nor in the mean, NaN spreads. */
final class EmulatedPooling {
  private final PoolingShape s;
  private final double[] x;

  private EmulatedPooling(PoolingShape shape, double[] x) {
    this.s = shape;
    this.x = x;
    check("rows", s.outHeight(), s.height(), s.padHeight(), s.windowHeight(), s.strideHeight());
    check("columns", s.outWidth(), s.width(), s.padWidth(), s.windowWidth(), s.strideWidth());
  }

  private static void check(String axis, int out, int in, int pad, int window, int stride) {
    int expected = (in + 2 * pad - window) / stride + 1;
    if (out != expected) {
      throw new IllegalArgumentException(axis + " of y: cuDNN makes " + expected + ", not " + out);
    }
  }

  static void run(PoolingStep step, Emulator emulator) {
    PoolingShape s = step.shape();
    double[] x =
        DeviceFloats.read(
            emulator, DType.FLOAT32, step.x(), s.batch(), s.height(), s.width(), s.channels());
    double[] y =
        DeviceFloats.zeros(
            DType.FLOAT32, step.y(), s.batch(), s.outHeight(), s.outWidth(), s.channels());
    new EmulatedPooling(s, x).fill(y);
    DeviceFloats.write(emulator, DType.FLOAT32, step.y(), y);
  }

  private void fill(double[] y) {
    int i = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int p = 0; p < s.outHeight(); p++) {
        for (int q = 0; q < s.outWidth(); q++) {
          for (int c = 0; c < s.channels(); c++) {
            y[i++] = window(n, p, q, c);
          }
        }
      }
    }
  }

  private double window(int n, int p, int q, int c) {
    int top = p * s.strideHeight() - s.padHeight();
    int left = q * s.strideWidth() - s.padWidth();
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int h = Math.max(top, 0); h < Math.min(top + s.windowHeight(), s.height()); h++) {
      for (int w = Math.max(left, 0); w < Math.min(left + s.windowWidth(), s.width()); w++) {
        double value = x[((n * s.height() + h) * s.width() + w) * s.channels() + c];
        largest = Math.max(largest, value);
        sum += value;
        count++;
      }
    }
    return s.max() ? largest : sum / count;
  }
}
