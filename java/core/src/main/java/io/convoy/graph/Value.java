// SPDX-License-Identifier: Apache-2.0
package io.convoy.graph;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/** One output of a {@link Node}: an edge of the graph. Compared by identity. */
public final class Value {
  private final Node node;
  private final int index;
  private final TensorSpec spec;

  Value(Node node, int index, TensorSpec spec) {
    this.node = node;
    this.index = index;
    this.spec = spec;
  }

  /**
   * Returns the node that makes this value.
   *
   * @return the producer
   */
  public Node node() {
    return node;
  }

  /**
   * Returns which of the producer's outputs this is.
   *
   * @return index from 0
   */
  public int index() {
    return index;
  }

  /**
   * Returns type and shape.
   *
   * @return the spec, its batch dimension possibly open
   */
  public TensorSpec spec() {
    return spec;
  }

  /**
   * Returns the shape.
   *
   * @return the shape, its batch dimension possibly open
   */
  public Shape shape() {
    return spec.shape();
  }

  /**
   * Returns the element type.
   *
   * @return the type
   */
  public DType dtype() {
    return spec.dtype();
  }

  /**
   * Returns the graph.
   *
   * @return the owner
   */
  public Graph graph() {
    return node.graph();
  }

  /**
   * Returns the name used in errors, files and profiles.
   *
   * @return the node's name, with {@code :index} behind all outputs but the first
   */
  public String name() {
    return index == 0 ? node.name() : node.name() + ":" + index;
  }

  @Override
  public String toString() {
    return name() + " " + spec;
  }
}
