// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

/**
 * What one or more steps of a plan move and compute, as their shapes say.
 *
 * @param kind what does it, such as the name of a kernel
 * @param steps how many they are
 * @param readBytes bytes read from device memory, each operand once
 * @param writtenBytes bytes written to device memory, each result once
 * @param flops arithmetic of convolutions and matrix products, a multiplication and an addition
 *     being 2
 */
public record StepCost(String kind, int steps, long readBytes, long writtenBytes, long flops) {
  /**
   * Returns the traffic.
   *
   * @return bytes read and bytes written
   */
  public long bytes() {
    return readBytes + writtenBytes;
  }

  /**
   * Adds another's cost.
   *
   * @param other of any kind
   * @return both together, of this kind
   */
  public StepCost plus(StepCost other) {
    return new StepCost(
        kind,
        steps + other.steps,
        readBytes + other.readBytes,
        writtenBytes + other.writtenBytes,
        flops + other.flops);
  }
}
