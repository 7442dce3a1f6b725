// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.tensor.DType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A variable on a GPU, how often it was changed, and its copies in 16 bits. */
final class CudaVariable {
  private final Operand operand;
  private final Map<DType, HalfCopy> copies = new EnumMap<>(DType.class);
  private long changes;

  /**
   * Makes a variable without copies.
   *
   * @param operand its memory
   */
  CudaVariable(Operand operand) {
    this.operand = operand;
  }

  Operand operand() {
    return operand;
  }

  /** To be called before it is changed, once for each time. */
  void change() {
    changes++;
  }

  long changes() {
    return changes;
  }

  /** The copy of a type, if a program reads one. */
  Optional<HalfCopy> copy(DType type) {
    return Optional.ofNullable(copies.get(type));
  }

  /**
   * The copy of a type.
   *
   * @param maker its memory, if there is none yet
   */
  HalfCopy copy(DType type, Supplier<Operand> maker) {
    return copies.computeIfAbsent(type, t -> new HalfCopy(this, maker.get()));
  }
}
