// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Something that is made for batches of a size: at once for full ones, for others on demand. */
final class BatchSizes<T> {
  private final int fullSize;
  private final T full;
  private final IntFunction<T> maker;
  private final Map<Integer, T> smaller = new HashMap<>();

  BatchSizes(int fullSize, IntFunction<T> maker) {
    this.fullSize = fullSize;
    this.full = maker.apply(fullSize);
    this.maker = maker;
  }

  T of(int size) {
    return size == fullSize ? full : smaller.computeIfAbsent(size, maker::apply);
  }
}
