// SPDX-License-Identifier: Apache-2.0
/** The functional face of the graph, with TensorFlow's names. */
package io.convoy.nn;
