// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the user asked for.
 *
 * @param home the folder {@code benchmarks/}
 * @param bench {@code default}, {@code full}, or a regular expression that is searched in the names
 *     of benchmarks
 * @param peers whether the peers take part
 * @param compare whether to compare with the last accepted rows
 * @param accept whether to accept the new rows
 * @param device which device: a name as {@code --device} takes, or {@code all}
 * @param seconds how long each benchmark is measured in each process
 * @param rounds how many processes each contestant gets
 * @param modes PyTorch's ways to take part in a race, see {@code peers/pytorch/modes.py}
 * @param patience how many seconds a process of a race may take
 */
public record Settings(
    Path home,
    String bench,
    boolean peers,
    boolean compare,
    boolean accept,
    String device,
    double seconds,
    int rounds,
    List<String> modes,
    int patience) {
  private static final List<String> NAMES =
      List.of(
          "home",
          "bench",
          "peers",
          "compare",
          "accept",
          "device",
          "seconds",
          "rounds",
          "modes",
          "patience");

  /**
   * Reads the command line.
   *
   * @param args {@code name=value} for each component
   * @return the settings
   * @throws IllegalArgumentException if one is missing, unknown, or no number
   */
  public static Settings parse(String... args) {
    Map<String, String> values = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (equals < 0 || !NAMES.contains(name)) {
        throw new IllegalArgumentException("'" + arg + "' is no setting; there are " + NAMES);
      }
      values.put(name, arg.substring(equals + 1));
    }
    if (!values.keySet().containsAll(NAMES)) {
      throw new IllegalArgumentException("settings are missing; there must be " + NAMES);
    }
    return new Settings(
        Path.of(values.get("home")),
        values.get("bench"),
        Boolean.parseBoolean(values.get("peers")),
        Boolean.parseBoolean(values.get("compare")),
        Boolean.parseBoolean(values.get("accept")),
        values.get("device"),
        Double.parseDouble(values.get("seconds")),
        Integer.parseInt(values.get("rounds")),
        List.of(values.get("modes").split(",")),
        Integer.parseInt(values.get("patience")));
  }

  /**
   * Tells whether a benchmark is asked for.
   *
   * @param name its name
   * @param byDefault whether it belongs to the ten minutes of the default run
   * @return true if it shall run
   */
  public boolean wants(String name, boolean byDefault) {
    return switch (bench) {
      case "default" -> byDefault;
      case "full" -> true;
      default -> Pattern.compile(bench).matcher(name).find();
    };
  }

  /**
   * Returns where results go.
   *
   * @return the folder {@code benchmarks/results}
   */
  public Path results() {
    return home.resolve("results");
  }
}
