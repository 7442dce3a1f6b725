// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes child processes that are JVMs of the kind that this one is. */
final class Jvm {
  private Jvm() {}

  /** A child with this process's class path. */
  static Child like(
      Class<?> main, List<String> options, Map<String, String> environment, Path log) {
    return child(System.getProperty("java.class.path"), main.getName(), options, environment, log);
  }

  /** A child with a class path of its own. */
  static Child child(
      String classPath,
      String mainClass,
      List<String> options,
      Map<String, String> environment,
      Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-classpath", classPath, mainClass));
    return new Child(command, environment, log);
  }
}
