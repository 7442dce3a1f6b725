// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs one JMH benchmark with one set of parameters, in JVMs of its own.
 *
 * @param forks how many JVMs, one after the other
 * @param seconds how long each measures; it warms up half as long
 * @param logs where JMH's own words go
 */
record Jmh(int forks, double seconds, Path logs) {
  private static final int ITERATIONS = 5;

  /** The average time of an operation in seconds, a sample an iteration. */
  double[] secondsPerOperation(
      Class<?> type, String method, Map<String, String> parameters, int threads)
      throws IOException, RunnerException {
    Files.createDirectories(logs);
    String name = type.getSimpleName() + "." + method + parameters.values();
    Path log = logs.resolve(name.replaceAll("[^A-Za-z0-9.+-]+", "_") + ".log");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(type.getName() + "." + method) + "$")
            .forks(forks)
            .threads(threads)
            .warmupIterations(1)
            .warmupTime(milliseconds(seconds / 2))
            .measurementIterations(ITERATIONS)
            .measurementTime(milliseconds(seconds / ITERATIONS))
            .shouldFailOnError(true)
            .output(log.toString());
    parameters.forEach(options::param);
    try {
      return samples(new Runner(options.build()).run());
    } catch (RunnerException e) {
      throw new IOException(name + " failed; " + log + " tells why", e);
    }
  }

  private static TimeValue milliseconds(double s) {
    return TimeValue.milliseconds(Math.max(1, Math.round(1000 * s)));
  }

  private static double[] samples(Collection<RunResult> results) {
    return results.stream()
        .flatMap(r -> r.getBenchmarkResults().stream())
        .map(BenchmarkResult::getIterationResults)
        .flatMap(Collection::stream)
        .map(IterationResult::getPrimaryResult)
        .mapToDouble(r -> r.getScore() * 1e-9) // all benchmarks report nanoseconds
        .toArray();
  }
}
