// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks and times one framework in this process. */
public final class Contest {
  /** What a line of results on standard output begins with. */
  public static final String MARK = "@contest ";

  private static final int DISTINCT_BATCHES = 8;
  private final Framework framework;
  private final Net net;
  private final int threads;
  private final double seconds;

  private Contest(Framework framework, Map<String, String> options) {
    this.framework = framework;
    this.net = Net.byName(options.get("net"));
    this.threads = Integer.parseInt(options.get("threads"));
    this.seconds = Double.parseDouble(options.get("seconds"));
  }

  /**
   * Runs and prints one line of JSON, behind {@value #MARK}, for each batch size and phase.
   *
   * @param framework who takes part
   * @param args {@code net=workshop batches=128,256 phases=train,infer threads=2 seconds=4}
   */
  public static void run(Framework framework, String... args) {
    Map<String, String> options = options(args);
    List<Integer> batches =
        Arrays.stream(options.get("batches").split(",")).map(Integer::valueOf).toList();
    new Contest(framework, options).run(batches, List.of(options.get("phases").split(",")));
  }

  /**
   * Reads a command line.
   *
   * @param args {@code name=value} each
   * @return values by name
   */
  public static Map<String, String> options(String... args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    return options;
  }

  private void run(List<Integer> batches, List<String> phases) {
    try (Contestant contestant = framework.enter(net, threads)) {
      String learned = Check.learns(framework.name(), net, contestant);
      for (int size : batches) {
        List<Batch> data = Batch.draw(net, size, DISTINCT_BATCHES);
        for (String phase : phases) {
          print(phase, size, learned, time(contestant, phase, data));
        }
      }
    }
  }

  private double[] time(Contestant contestant, String phase, List<Batch> data) {
    int size = data.get(0).size();
    if (phase.equals("train")) {
      return new Clock(seconds).rates(size, i -> contestant.train(data.get(i % data.size())));
    }
    float[] probabilities = new float[size * Net.CLASSES];
    contestant.infer(data.get(0), probabilities);
    data.get(0).crossEntropy(probabilities); // at this batch size, too, each row is a distribution
    return new Clock(seconds)
        .rates(size, i -> contestant.infer(data.get(i % data.size()), probabilities));
  }

  private void print(String phase, int batch, String learned, double[] rates) {
    List<String> fields = new ArrayList<>();
    fields.add(text("framework", framework.name()));
    fields.add(text("versions", framework.versions()));
    fields.add(text("net", net.id()));
    fields.add(text("phase", phase));
    fields.add(text("learned", learned));
    fields.add("\"batch\":" + batch);
    fields.add("\"threads\":" + threads);
    fields.add("\"imagesPerSecond\":" + Arrays.toString(rates));
    System.out.println(MARK + "{" + String.join(",", fields) + "}");
  }

  private static String text(String key, String value) {
    return "\"" + key + "\":\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
