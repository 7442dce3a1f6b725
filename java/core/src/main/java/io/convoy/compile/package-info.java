// SPDX-License-Identifier: Apache-2.0
/** From graph to program: pruning, fusion, scheduling and memory planning, each a pure function. */
package io.convoy.compile;
