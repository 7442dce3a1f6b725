// SPDX-License-Identifier: Apache-2.0
/** The harness behind {@code mvn -Pbench}. */
package io.convoy.benchmarks;
