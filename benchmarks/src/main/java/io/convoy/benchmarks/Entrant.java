// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import com.google.gson.Gson;
import io.convoy.benchmarks.process.ConvoyContestant;
import io.convoy.benchmarks.process.StepProfile;
import io.convoy.contest.Contest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who takes part in a contest, each in a process of its own.
 *
 * @param name the framework
 * @param child prints a line for each score, see {@link Contest#run}
 */
record Entrant(String name, Child child) {
  private static final Gson GSON = new Gson();

  /**
   * Makes glibc keep blocks up to its largest threshold, 32 MB, instead of giving them back to the
   * kernel after each step: the peers allocate anew in every step. Convoy needs none of it.
   */
  private static final Map<String, String> KEEP_BLOCKS =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "1073741824",
          "MALLOC_TOP_PAD_", "268435456");

  /**
   * One line of a contestant.
   *
   * @param profile of Convoy's training step on a GPU; else null
   */
  record Score(
      String framework,
      String versions,
      String net,
      String phase,
      String learned,
      int batch,
      int threads,
      double[] imagesPerSecond,
      StepProfile profile) {}

  static Entrant convoy(Lab lab, String device, int threads) {
    return new Entrant(
        "convoy",
        Jvm.like(
            ConvoyContestant.class,
            List.of("-D" + ConvoyContestant.DEVICE + "=" + device),
            Map.of("OMP_NUM_THREADS", Integer.toString(threads)),
            lab.log("convoy")));
  }

  /** The peers, each at its best settings; built and fetched under -Dpeers only. */
  static List<Entrant> peers(Lab lab) throws IOException {
    Path cache = lab.settings().home().resolve("target").resolve("djl");
    Map<String, String> environment = new TreeMap<>(KEEP_BLOCKS);
    environment.put("OMP_NUM_THREADS", Integer.toString(lab.threads()));
    environment.put("TF_ENABLE_ONEDNN_OPTS", "1");
    environment.put("TF_CPP_MIN_LOG_LEVEL", "2");
    environment.put("DJL_CACHE_DIR", cache.toString());
    List<String> avx2 = List.of("-Dorg.bytedeco.javacpp.platform.extension=-avx2");
    return List.of(
        peer(lab, "djl", "io.convoy.peers.Djl", List.of(), environment),
        peer(lab, "dl4j", "io.convoy.peers.Dl4j", avx2, environment),
        peer(lab, "tensorflow", "io.convoy.peers.TensorFlowJava", List.of(), environment));
  }

  private static Entrant peer(
      Lab lab, String folder, String main, List<String> options, Map<String, String> environment)
      throws IOException {
    Path target = lab.settings().home().resolve("peers").resolve(folder).resolve("target");
    String jars = Files.readString(target.resolve("classpath")).trim();
    String classPath = target.resolve("classes") + File.pathSeparator + jars;
    return new Entrant(folder, Jvm.child(classPath, main, options, environment, lab.log(folder)));
  }

  /**
   * PyTorch on the GPU, in each of the ways that are asked for; each leaves what it compiled for
   * the next round.
   *
   * @param script in {@code peers/pytorch}
   */
  static List<Entrant> pytorch(Lab lab, String script) {
    Path folder = lab.settings().home().resolve("peers").resolve("pytorch");
    Path cache = lab.settings().home().resolve("target").resolve("inductor");
    Map<String, String> environment = Map.of("TORCHINDUCTOR_CACHE_DIR", cache.toString());
    List<Entrant> entrants = new ArrayList<>();
    for (String mode : lab.settings().modes()) {
      String name = "pytorch-" + mode;
      List<String> command = List.of("python3", folder.resolve(script).toString(), "mode=" + mode);
      Child child = new Child(command, environment, lab.log(name));
      entrants.add(new Entrant(name, child.within(lab.settings().patience())));
    }
    return entrants;
  }

  /** Runs one process. */
  List<Score> run(Collection<String> args) throws IOException {
    List<Score> scores = new ArrayList<>();
    for (Child.Line line : child.run(args.toArray(String[]::new))) {
      if (line.text().startsWith(Contest.MARK)) {
        scores.add(GSON.fromJson(line.text().substring(Contest.MARK.length()), Score.class));
      }
    }
    return scores;
  }
}
