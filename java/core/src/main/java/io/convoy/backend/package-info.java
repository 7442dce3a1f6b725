// SPDX-License-Identifier: Apache-2.0
/** The interface that a compute backend implements, and how backends are found. */
package io.convoy.backend;
