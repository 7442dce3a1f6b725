// SPDX-License-Identifier: Apache-2.0
/** Reverse-mode differentiation: graph in, graph out. */
package io.convoy.autodiff;
