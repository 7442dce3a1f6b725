// SPDX-License-Identifier: Apache-2.0
/**
 * The graph of a network: values, nodes, and TensorFlow's three containers (constant, variable,
 * placeholder).
 */
package io.convoy.graph;
