// SPDX-License-Identifier: Apache-2.0
/** What runs inside JMH: nets, ops, input, and the machine's ceilings. */
package io.convoy.benchmarks.micro;
