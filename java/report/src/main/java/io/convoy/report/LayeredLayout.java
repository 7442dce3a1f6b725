// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places the nodes of a graph without cycles in ranks, each below all that it reads, and in lanes
 * beside each other, no two at one place. An edge over several ranks has a place of its own in
 * each. The longest path keeps its lane, so that a chain stays straight and short branches lie
 * beside it.
 */
final class LayeredLayout {
  private final int[] rank;
  private final int[] height; // nodes on the longest path to an end
  private final int[] lane;
  private final List<Edge> edges = new ArrayList<>();

  /**
   * An edge.
   *
   * @param lanes where it runs: the lane of {@code from}, one for each rank between, the lane of
   *     {@code to}
   */
  record Edge(int from, int to, List<Integer> lanes) {}

  /** What wants a lane in a rank: a node, or an edge on its way to one. */
  private record Guest(int node, Edge edge, int wanted, int height) {}

  /**
   * Lays a graph out.
   *
   * @param inbound for each node those that it reads, all before it
   */
  LayeredLayout(List<List<Integer>> inbound) {
    int nodes = inbound.size();
    this.rank = new int[nodes];
    this.height = new int[nodes];
    this.lane = new int[nodes];
    for (int n = 0; n < nodes; n++) {
      for (int from : inbound.get(n)) {
        rank[n] = Math.max(rank[n], rank[from] + 1);
        edges.add(new Edge(from, n, new ArrayList<>()));
      }
    }
    for (int n = nodes - 1; n >= 0; n--) {
      for (int from : inbound.get(n)) {
        height[from] = Math.max(height[from], height[n] + 1);
      }
    }
    for (int r = 0; r < ranks(); r++) {
      seat(guests(r));
    }
  }

  private List<Guest> guests(int r) {
    List<Guest> guests = new ArrayList<>();
    for (int n = 0; n < rank.length; n++) {
      if (rank[n] == r) {
        guests.add(new Guest(n, null, wanted(n), height[n]));
      }
    }
    for (Edge edge : edges) {
      if (rank[edge.from()] < r && r < rank[edge.to()]) {
        guests.add(new Guest(-1, edge, last(edge), height[edge.to()]));
      }
    }
    guests.sort(Comparator.comparingInt(Guest::height).reversed());
    return guests;
  }

  private int wanted(int node) {
    return edges.stream().filter(e -> e.to() == node).mapToInt(LayeredLayout::last).min().orElse(0);
  }

  private static int last(Edge edge) {
    return edge.lanes().get(edge.lanes().size() - 1);
  }

  /** Gives each the first free lane from the one it wants. */
  private void seat(List<Guest> guests) {
    List<Integer> taken = new ArrayList<>();
    for (Guest guest : guests) {
      int free = guest.wanted();
      while (taken.contains(free)) {
        free++;
      }
      taken.add(free);
      if (guest.edge() != null) {
        guest.edge().lanes().add(free);
      } else {
        settle(guest.node(), free);
      }
    }
  }

  private void settle(int node, int at) {
    lane[node] = at;
    for (Edge edge : edges) {
      if (edge.to() == node || edge.from() == node) {
        edge.lanes().add(at);
      }
    }
  }

  int ranks() {
    int most = 0;
    for (int r : rank) {
      most = Math.max(most, r + 1);
    }
    return most;
  }

  int rank(int node) {
    return rank[node];
  }

  int lane(int node) {
    return lane[node];
  }

  List<Edge> edges() {
    return edges;
  }
}
