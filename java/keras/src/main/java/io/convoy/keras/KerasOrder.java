// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import io.convoy.model.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Keras' order of a functional model's layers, by which it numbers and lists weights: those with
 * most layers between them and the output first; among equals the one that is met first, walking
 * from the output to the inputs, depth first ({@code map_graph} in Keras).
 */
final class KerasOrder {
  private KerasOrder() {}

  static List<Network.Entry> of(Network network) {
    List<Network.Entry> entries = network.entries();
    int[] depth = depths(entries);
    return walk(entries).stream()
        .sorted(Comparator.comparing((Integer i) -> -depth[i])) // stable: equals stay as met
        .map(entries::get)
        .toList();
  }

  /** The longest way from each entry to the output. */
  private static int[] depths(List<Network.Entry> entries) {
    int[] depth = new int[entries.size()];
    for (int i = entries.size() - 1; i >= 0; i--) {
      for (int input : entries.get(i).inbound()) {
        depth[input] = Math.max(depth[input], depth[i] + 1);
      }
    }
    return depth;
  }

  private static List<Integer> walk(List<Network.Entry> entries) {
    List<Integer> met = new ArrayList<>();
    boolean[] seen = new boolean[entries.size()];
    Deque<Integer> open = new ArrayDeque<>(List.of(entries.size() - 1));
    while (!open.isEmpty()) {
      int next = open.pop();
      if (!seen[next]) {
        seen[next] = true;
        met.add(next);
        List<Integer> inputs = entries.get(next).inbound();
        for (int i = inputs.size() - 1; i >= 0; i--) {
          open.push(inputs.get(i));
        }
      }
    }
    return met;
  }
}
