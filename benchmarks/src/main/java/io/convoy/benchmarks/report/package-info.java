// SPDX-License-Identifier: Apache-2.0
/** What was measured: rows, tables, history, comparison, plots. */
package io.convoy.benchmarks.report;
