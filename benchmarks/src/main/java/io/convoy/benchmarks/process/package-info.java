// SPDX-License-Identifier: Apache-2.0
/** What runs in JVMs of its own: contestants, first steps, a process in the way. */
package io.convoy.benchmarks.process;
