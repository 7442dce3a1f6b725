// SPDX-License-Identifier: Apache-2.0
/**
 * The judge: every op in plain loops, in double, one file per family of ops. What the other
 * backends make is compared with this, so nothing here is fast and nothing is clever.
 */
package io.convoy.reference;
