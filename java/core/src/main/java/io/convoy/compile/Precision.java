// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.tensor.DType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a program's layers compute. Parameters, sums, statistics and losses are FLOAT32 in all. */
public enum Precision {
  /** Everything in FLOAT32. */
  FP32(null),
  /** As FP32, but products of matrices and convolutions may round their factors to 11 bits. */
  TF32(null),
  /** Activations and copies of the parameters in {@link DType#BFLOAT16}. */
  BF16(DType.BFLOAT16),
  /** Activations and copies of the parameters in {@link DType#FLOAT16}; the loss is scaled. */
  FP16(DType.FLOAT16);

  private final DType storage;

  Precision(DType storage) {
    this.storage = storage;
  }

  /**
   * Returns the type of 16 bits that activations are stored in.
   *
   * @return the type, empty for FP32 and TF32
   */
  public Optional<DType> storage() {
    return Optional.ofNullable(storage);
  }

  /**
   * Returns the name for people.
   *
   * @return the constant's in small letters
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that a device can compute so.
   *
   * @param device the device
   * @throws IllegalArgumentException if it can't; the message says why and what would help
   */
  public void requireOf(Support device) {
    Optional<String> refusal = device.refuses(this);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException(
          "the device can't compute in " + label() + ": " + refusal.get());
    }
  }

  /**
   * Finds a precision.
   *
   * @param label its {@link #label}
   * @return the precision
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static Precision of(String label) {
    return Arrays.stream(values())
        .filter(p -> p.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "precision '"
                        + label
                        + "' is unknown; there are "
                        + Arrays.stream(values())
                            .map(Precision::label)
                            .collect(Collectors.joining(", "))));
  }
}
