// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The tables of layout.cuh. */
class WalkTest {
  @Test
  void axesWithoutGapsAreJoined() {
    Shape shape = Shape.of(2, 3, 4);
    Walk walk = Broadcast.over(shape, shape, shape);
    assertEquals(1, walk.rank());
    assertArrayEquals(new long[] {24, 1, 1}, walk.table(2));
  }

  @Test
  void aRepeatedTensorHasStrideZero() {
    Walk walk = Broadcast.over(Shape.of(2, 3, 4), Shape.of(2, 3, 4), Shape.of(1, 1, 4));
    assertEquals(2, walk.rank());
    assertArrayEquals(new long[] {6, 4, 4, 1, 0, 1}, walk.table(2));
  }

  @Test
  void aRepeatedScalarIsOneAxis() {
    Walk walk = Broadcast.over(Shape.of(2, 3), Shape.of(2, 3), Shape.of(1, 1));
    assertArrayEquals(new long[] {6, 1, 0}, walk.table(2));
  }

  @Test
  void scalarsHaveOneAxis() {
    Walk walk = Broadcast.over(Shape.of(), Shape.of(), Shape.of());
    assertEquals(1, walk.rank());
    assertArrayEquals(new long[] {1, 0, 0}, walk.table(2));
  }

  @Test
  void aCutImageKeepsItsGaps() {
    Walk walk = new Walk().axis(2, 35, 20).axis(4, 7, 5).axis(5, 1, 1);
    assertEquals(3, walk.rank());
    assertArrayEquals(new long[] {2, 4, 5, 35, 7, 1, 20, 5, 1}, walk.table(2));
  }
}
