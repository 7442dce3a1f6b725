// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.model.LayerInfo;
import io.convoy.model.Network;
import java.util.List;

/**
 * A network as a drawing: layers from the input down, with output shapes and parameters. Layers and
 * ops that inference computes as one operation share a blue box; there {@code +} joins what is
 * fused. It shows what the compile passes fuse for a backend that can do all of it.
 */
public final class NetworkPlot {
  private final String name;
  private final List<LayerInfo> layers;

  private NetworkPlot(String name, List<LayerInfo> layers) {
    this.name = name;
    this.layers = layers;
  }

  /**
   * Plots a network.
   *
   * @param network the network; needs no weights and no device
   * @return the plot
   * @throws IllegalArgumentException if shapes don't fit; the message names the layer
   */
  public static NetworkPlot of(Network network) {
    return new NetworkPlot(network.name(), network.layers());
  }

  /**
   * Draws it as SVG, in the reader's choice of light or dark.
   *
   * @return a document that stands alone or inside a page of HTML
   */
  public String svg() {
    return new NetworkSvg(name, LayerGroup.of(layers)).draw();
  }

  /**
   * Writes it for Graphviz, whose {@code dot} lays it out.
   *
   * @return a {@code digraph}
   */
  public String dot() {
    return NetworkDot.of(name, layers);
  }
}
