// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.model.Network.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks of entries with names of their own. */
class NetworkTest {
  private static Network of(String first, String second) {
    return new Network(
        "net",
        List.of(
            new Entry("x", input(2), List.of()),
            new Entry(first, dense(3), List.of(0)),
            new Entry(second, dense(4), List.of(1))));
  }

  @Test
  void layersHaveTheNamesThatAreGiven() {
    assertEquals(List.of("x", "a", "b"), of("a", "b").entries().stream().map(Entry::name).toList());
  }

  @Test
  void aNameIsThereOnce() {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> of("a", "a"));
    assertEquals("network 'net' has two layers 'a'", e.getMessage());
  }
}
