// SPDX-License-Identifier: Apache-2.0
/** The rules by which Convoy and its peers are timed: same nets, data and clock for all. */
package io.convoy.contest;
