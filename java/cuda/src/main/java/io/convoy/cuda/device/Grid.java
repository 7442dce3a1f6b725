// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

/**
 * The blocks of a launch.
 *
 * @param x blocks along x, 1 to 2^31-1
 * @param y blocks along y, 1 to 65535
 * @param z blocks along z, 1 to 65535
 */
public record Grid(int x, int y, int z) {
  /** Most blocks along y and z (CUDA C++ Programming Guide, "Compute Capabilities"). */
  public static final int MOST = 65535;

  /**
   * Checks the limits.
   *
   * @param x the component
   * @param y the component
   * @param z the component
   */
  public Grid {
    if (x < 1 || y < 1 || z < 1 || y > MOST || z > MOST) {
      throw new IllegalArgumentException("no device takes a grid of " + x + "x" + y + "x" + z);
    }
  }

  /**
   * Makes blocks along x alone.
   *
   * @param blocks how many are wanted; at least 1 is taken
   * @return the grid
   */
  public static Grid of(long blocks) {
    return new Grid((int) Math.max(1, Math.min(blocks, Integer.MAX_VALUE)), 1, 1);
  }

  @Override
  public String toString() {
    return y * z == 1 ? Integer.toString(x) : x + "x" + y + (z == 1 ? "" : "x" + z);
  }
}
