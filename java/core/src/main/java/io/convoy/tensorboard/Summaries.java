// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensorboard;

import io.convoy.files.ProtocolBuffer;
import io.convoy.tensor.Tensor;

/** Makes {@code Summary.Value} (tensorflow/core/framework/summary.proto). */
final class Summaries {
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int HISTO = 5;

  private Summaries() {}

  static ProtocolBuffer scalar(String tag, double value) {
    return new ProtocolBuffer().string(TAG, tag).float32(SIMPLE_VALUE, (float) value);
  }

  static ProtocolBuffer histogram(String tag, Tensor values) {
    return new ProtocolBuffer()
        .string(TAG, tag)
        .message(HISTO, Histogram.of(tag, values.floatBuffer()));
  }

  /** Of an image by {@link Image}. */
  static ProtocolBuffer image(String tag, ProtocolBuffer image) {
    return new ProtocolBuffer().string(TAG, tag).message(IMAGE, image);
  }
}
