// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

/**
 * A sliding window along one axis, with the padding worked out.
 *
 * @param input length of the axis, in elements
 * @param size elements in the window
 * @param stride elements from one window to the next
 * @param dilation elements from one tap to the next inside the window
 * @param before padding in front, in elements
 * @param after padding behind, in elements
 * @param output number of windows
 */
public record Window(
    int input, int size, int stride, int dilation, int before, int after, int output) {

  /**
   * Places windows as TensorFlow does: with SAME, {@code output = ceil(input / stride)} and {@code
   * before = total / 2}; otherwise {@code output = floor((input + padding - extent) / stride) + 1},
   * where {@code extent = (size - 1) * dilation + 1}.
   */
  static Window place(
      int input, int size, int stride, int dilation, Padding.Mode mode, int before, int after) {
    int extent = Math.addExact(Math.multiplyExact(size - 1, dilation), 1);
    if (mode == Padding.Mode.SAME) {
      int output = (input + stride - 1) / stride;
      int total = Math.max((output - 1) * stride + extent - input, 0);
      return new Window(input, size, stride, dilation, total / 2, total - total / 2, output);
    }
    int room = Math.addExact(input, before + after) - extent;
    Checks.check(
        room >= 0,
        "a window of "
            + extent
            + " elements does not fit "
            + input
            + (before + after > 0 ? "+" + (before + after) + " padded" : "")
            + " elements; use SAME padding or a smaller window");
    return new Window(input, size, stride, dilation, before, after, room / stride + 1);
  }
}
