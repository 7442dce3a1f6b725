// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.layers.LayerNames;
import io.convoy.layers.LayerOutput;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Follows layer outputs back to the input and puts them in order. */
final class Tracing {
  private final Map<LayerOutput, Integer> index = new IdentityHashMap<>();
  private final List<Network.Entry> entries = new ArrayList<>();
  private final LayerNames names = new LayerNames();

  private Tracing() {}

  static List<Network.Entry> trace(LayerOutput input, LayerOutput output) {
    Tracing tracing = new Tracing();
    tracing.add(input);
    tracing.visit(output);
    return tracing.entries;
  }

  /** Depth first, without recursion: a deep network must not overflow the stack. */
  private void visit(LayerOutput output) {
    List<LayerOutput> open = new ArrayList<>(List.of(output));
    while (!open.isEmpty()) {
      LayerOutput next = open.get(open.size() - 1);
      LayerOutput missing = firstMissing(next);
      if (index.containsKey(next)) {
        open.remove(open.size() - 1);
      } else if (missing == null) {
        add(next);
      } else {
        open.add(missing);
      }
    }
  }

  private LayerOutput firstMissing(LayerOutput output) {
    for (LayerOutput input : output.inputs()) {
      if (!index.containsKey(input)) {
        return input;
      }
    }
    return null;
  }

  private void add(LayerOutput output) {
    List<Integer> inbound = new ArrayList<>();
    for (LayerOutput input : output.inputs()) {
      inbound.add(index.get(input));
    }
    index.put(output, entries.size());
    entries.add(new Network.Entry(names.next(output.layer()), output.layer(), inbound));
  }
}
