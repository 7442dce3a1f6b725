// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

/** How {@link RandomFlip} mirrors. */
public enum FlipMode {
  /** Left to right, every second image or so. */
  HORIZONTAL,

  /** Top to bottom, every second image or so. */
  VERTICAL,

  /** Both, independently of each other. */
  HORIZONTAL_AND_VERTICAL
}
