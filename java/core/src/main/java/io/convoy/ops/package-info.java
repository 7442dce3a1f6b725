// SPDX-License-Identifier: Apache-2.0
/**
 * The operations a graph is made of: attributes and shape inference; they know no backend and no
 * data.
 */
package io.convoy.ops;
