// SPDX-License-Identifier: Apache-2.0
/** The catalogue of op cases, and the harness that judges a backend by the reference. */
package io.convoy.testkit;
