// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What NVIDIA states that a GPU does at most, without sparsity: of 16 bits and TF32 on tensor
 * cores, of fp32 beside them. The sheets print tensor cores of Hopper with sparsity, which is twice
 * as much.
 *
 * @param device the driver's name of the GPU
 * @param gigabytesPerSecond memory bandwidth, GB/s
 * @param fp32 TFLOP/s
 * @param tf32 TFLOP/s
 * @param half TFLOP/s of bf16 and fp16
 */
record Peak(String device, double gigabytesPerSecond, double fp32, double tf32, double half) {
  private static final double KILO = 1e3;

  /** NVIDIA's data sheets of the A100 (2021), H100 (2022 and 2024) and H200 (2024). */
  private static final List<Peak> KNOWN =
      List.of(
          new Peak("NVIDIA A100-SXM4-40GB", 1555, 19.5, 156, 312),
          new Peak("NVIDIA A100-PCIE-40GB", 1555, 19.5, 156, 312),
          new Peak("NVIDIA A100-SXM4-80GB", 2039, 19.5, 156, 312),
          new Peak("NVIDIA A100 80GB PCIe", 1935, 19.5, 156, 312),
          new Peak("NVIDIA H100 80GB HBM3", 3350, 67, 494.5, 989.5), // SXM5
          new Peak("NVIDIA H100 PCIe", 2000, 51, 378, 756.5),
          new Peak("NVIDIA H200", 4800, 67, 494.5, 989.5)); // SXM5

  /**
   * Finds a GPU's.
   *
   * @param description of the device, which begins with its name and a comma
   * @return empty if it is not in the table
   */
  static Optional<Peak> of(String description) {
    return KNOWN.stream().filter(p -> description.startsWith(p.device() + ",")).findFirst();
  }

  /** GFLOP/s in a precision. */
  double gigaflopsPerSecond(String precision) {
    return KILO
        * switch (precision) {
          case "fp32" -> fp32;
          case "tf32" -> tf32;
          case "bf16", "fp16" -> half;
          default -> throw new IllegalArgumentException("no precision is called " + precision);
        };
  }
}
