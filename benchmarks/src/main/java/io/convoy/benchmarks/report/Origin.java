// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

/**
 * Where and of what a row was measured.
 *
 * @param commit short hash of the commit that was checked out, or {@code unknown}
 * @param dirty whether files differed from it
 * @param time UTC, ISO 8601
 * @param jdk vendor and version
 * @param machine name of the kind of machine, see {@link Machine}
 * @param processor the CPU's own name
 * @param cores how many the JVM may use
 */
public record Origin(
    String commit,
    boolean dirty,
    String time,
    String jdk,
    String machine,
    String processor,
    int cores) {}
