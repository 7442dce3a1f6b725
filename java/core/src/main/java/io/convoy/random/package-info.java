// SPDX-License-Identifier: Apache-2.0
/** The one generator behind every random number: Philox 4x32-10. */
package io.convoy.random;
