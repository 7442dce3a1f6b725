// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.tensor.DType;

/** cuDNN's convolution: all three passes visit the same products of x, w and y. */
public final class EmulatedConvolution {
  private final ConvolutionShape s;
  private final int groupChannels;
  private final int groupFilters;

  /** What is done with one product; indices into the tensors. */
  public interface Tap {
    /** The product of which elements adds to which. */
    void product(int x, int w, int y);
  }

  private EmulatedConvolution(ConvolutionShape shape) {
    s = shape;
    groupChannels = s.channels() / s.groups();
    groupFilters = s.filters() / s.groups();
    if (groupChannels * s.groups() != s.channels() || groupFilters * s.groups() != s.filters()) {
      throw new IllegalArgumentException(s.groups() + " groups don't divide the channels");
    }
    check(
        "rows",
        s.outHeight(),
        s.height(),
        s.padHeight(),
        (s.filterHeight() - 1) * s.dilationHeight() + 1,
        s.strideHeight());
    check(
        "columns",
        s.outWidth(),
        s.width(),
        s.padWidth(),
        (s.filterWidth() - 1) * s.dilationWidth() + 1,
        s.strideWidth());
  }

  private static void check(String axis, int out, int in, int pad, int extent, int stride) {
    int expected = (in + 2 * pad - extent) / stride + 1;
    if (out != expected) {
      throw new IllegalArgumentException(axis + " of y: cuDNN makes " + expected + ", not " + out);
    }
  }

  /** Visits all products of a convolution, those with padding aside, in plain loops. */
  public static void products(ConvolutionShape shape, Tap tap) {
    new EmulatedConvolution(shape).forEach(tap);
  }

  static void run(ConvolutionStep step, Emulator emulator) {
    new EmulatedConvolution(step.shape()).compute(step, emulator);
    step.epilogue().ifPresent(e -> EmulatedKernel.run(e.kernel(), emulator));
  }

  private void compute(ConvolutionStep step, Emulator emulator) {
    int[] xDims = {s.batch(), s.height(), s.width(), s.channels()};
    int[] wDims = {s.filters(), s.filterHeight(), s.filterWidth(), groupChannels};
    int[] yDims = {s.batch(), s.outHeight(), s.outWidth(), s.filters()};
    DType type = DeviceFloats.type(step.precision());
    switch (step.pass()) {
      case FORWARD -> {
        double[] x = DeviceFloats.factor(emulator, step.precision(), step.x(), xDims);
        double[] w = DeviceFloats.factor(emulator, step.precision(), step.w(), wDims);
        double[] y = DeviceFloats.zeros(type, step.y(), yDims);
        forEach((ix, iw, iy) -> y[iy] += x[ix] * w[iw]);
        DeviceFloats.write(emulator, type, step.y(), y);
      }
      case BACKWARD_DATA -> {
        double[] dx = DeviceFloats.zeros(type, step.x(), xDims);
        double[] w = DeviceFloats.factor(emulator, step.precision(), step.w(), wDims);
        double[] dy = DeviceFloats.factor(emulator, step.precision(), step.y(), yDims);
        forEach((ix, iw, iy) -> dx[ix] += dy[iy] * w[iw]);
        DeviceFloats.write(emulator, type, step.x(), dx);
      }
      case BACKWARD_FILTER -> {
        double[] x = DeviceFloats.factor(emulator, step.precision(), step.x(), xDims);
        double[] dw = DeviceFloats.zeros(type, step.w(), wDims);
        double[] dy = DeviceFloats.factor(emulator, step.precision(), step.y(), yDims);
        forEach((ix, iw, iy) -> dw[iw] += x[ix] * dy[iy]);
        DeviceFloats.write(emulator, type, step.w(), dw);
      }
    }
  }

  private void forEach(Tap tap) {
    int y = 0;
    for (int n = 0; n < s.batch(); n++) {
      for (int p = 0; p < s.outHeight(); p++) {
        for (int q = 0; q < s.outWidth(); q++) {
          for (int k = 0; k < s.filters(); k++) {
            window(n, p, q, k, y++, tap);
          }
        }
      }
    }
  }

  /** All products of one element of y, those with padding aside. */
  private void window(int n, int p, int q, int k, int y, Tap tap) {
    for (int r = 0; r < s.filterHeight(); r++) {
      int row = p * s.strideHeight() - s.padHeight() + r * s.dilationHeight();
      for (int c = 0; c < s.filterWidth(); c++) {
        int column = q * s.strideWidth() - s.padWidth() + c * s.dilationWidth();
        if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
          int x = ((n * s.height() + row) * s.width() + column) * s.channels();
          int w = ((k * s.filterHeight() + r) * s.filterWidth() + c) * groupChannels;
          channels(x + k / groupFilters * groupChannels, w, y, tap);
        }
      }
    }
  }

  private void channels(int x, int w, int y, Tap tap) {
    for (int c = 0; c < groupChannels; c++) {
      tap.product(x + c, w + c, y);
    }
  }
}
