// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.micro.AugmentBenchmark;
import io.convoy.benchmarks.micro.CopyBenchmark;
import io.convoy.benchmarks.micro.DepthBenchmark;
import io.convoy.benchmarks.micro.GemmBenchmark;
import io.convoy.benchmarks.micro.InputBenchmark;
import io.convoy.benchmarks.micro.NetBenchmark;
import io.convoy.benchmarks.micro.NetModel;
import io.convoy.benchmarks.micro.OpBenchmark;
import io.convoy.benchmarks.micro.OpScene;
import io.convoy.benchmarks.micro.OpScenes;
import io.convoy.benchmarks.report.Ceiling;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.compile.LeastWork;
import io.convoy.contest.Net;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.session.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What JMH measures: ceilings, nets, ops, input, depth. */
final class MicroCases {
  private static final double GIGA = 1e9;
  private static final int[] DEPTHS = {1, 2, 4, 8, 16, 32};

  private final Lab lab;
  private final Jmh jmh;

  /** The ceilings that were measured, by device and kind. */
  private final Map<String, Double> ceilings = new HashMap<>();

  MicroCases(Lab lab) {
    this.lab = lab;
    boolean full = lab.settings().bench().equals("full");
    this.jmh =
        new Jmh(
            full ? 3 : 1,
            lab.settings().seconds(),
            lab.settings().home().resolve("target").resolve("jmh"));
  }

  /** Ceilings first: what follows is set beside them. */
  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("ceiling/copy", true, this::copy));
    for (String device : lab.devices()) {
      cases.add(new Case("ceiling/gemm", true, () -> gemm(device)));
      for (Net net : Net.values()) {
        for (String phase : List.of("train", "infer")) {
          cases.add(new Case("net/" + net.id() + "/" + phase, true, () -> net(device, net, phase)));
        }
      }
      for (OpScene scene : OpScenes.all()) {
        cases.add(new Case("op/" + scene.name(), true, () -> op(device, scene)));
      }
      cases.add(new Case("input/augment", true, () -> augment(device)));
      for (int depth : DEPTHS) {
        cases.add(new Case("scaling/depth/train", false, () -> depth(device, depth)));
      }
    }
    cases.add(new Case("input/decode", true, () -> input("decode", InputBenchmark.IMAGES)));
    cases.add(new Case("input/batch", true, () -> input("batch", InputBenchmark.BATCH)));
    return cases;
  }

  private List<Row> copy() throws Exception {
    double bytes = 2.0 * lab.threads() * CopyBenchmark.BLOCK;
    double[] seconds =
        jmh.secondsPerOperation(CopyBenchmark.class, "copy", Map.of(), lab.threads());
    Row row =
        Row.of(
            "ceiling/copy",
            "host",
            "System memory",
            Map.of(),
            lab.threads(),
            Unit.GB_PER_SECOND,
            rates(bytes / GIGA, seconds),
            lab.origin());
    ceilings.put("cpu" + Ceiling.COPY, row.median());
    return List.of(row);
  }

  private List<Row> gemm(String device) throws Exception {
    double flops = 2 * Math.pow(GemmBenchmark.SIZE, 3);
    double[] seconds =
        jmh.secondsPerOperation(GemmBenchmark.class, "multiply", Map.of("device", device), 1);
    Row row =
        lab.row(
            "ceiling/gemm",
            device,
            Map.of("size", "" + GemmBenchmark.SIZE),
            Unit.GFLOP_PER_SECOND,
            rates(flops / GIGA, seconds));
    ceilings.put(device + Ceiling.GEMM, row.median());
    return List.of(row);
  }

  private List<Row> net(String device, Net net, String phase) throws Exception {
    Map<String, String> parameters =
        Map.of("net", net.id(), "device", device, "batch", "" + net.batch());
    double[] seconds = jmh.secondsPerOperation(NetBenchmark.class, phase, parameters, 1);
    Row row =
        lab.row(
            "net/" + net.id() + "/" + phase,
            device,
            Map.of("batch", "" + net.batch()),
            Unit.IMAGES_PER_SECOND,
            rates(net.batch(), seconds));
    return List.of(beside(row, device, Ceiling.GEMM, row.median() * flopsOfImage(net, phase)));
  }

  /** Counted on the reference backend, whose program is that of the graph, unfused. */
  private static double flopsOfImage(Net net, String phase) {
    try (Model model = NetModel.compile(net, CompileOptions.defaults().device("reference"))) {
      Step step = phase.equals("train") ? model.trainingStep(1) : model.inferenceStep(1);
      return LeastWork.of(step.program()).flops();
    }
  }

  private List<Row> op(String device, OpScene scene) throws Exception {
    double[] seconds =
        jmh.secondsPerOperation(
            OpBenchmark.class, "run", Map.of("op", scene.name(), "device", device), 1);
    boolean arithmetic = scene.ceiling() == Ceiling.GEMM;
    Row row =
        lab.row(
            "op/" + scene.name(),
            device,
            Map.of("batch", "" + scene.batch()),
            arithmetic ? Unit.GFLOP_PER_SECOND : Unit.GB_PER_SECOND,
            rates(scene.work() / GIGA, seconds));
    return List.of(beside(row, device, scene.ceiling(), row.median() * GIGA));
  }

  private List<Row> depth(String device, int depth) throws Exception {
    Map<String, String> parameters = Map.of("depth", "" + depth, "device", device);
    double[] seconds = jmh.secondsPerOperation(DepthBenchmark.class, "train", parameters, 1);
    return List.of(
        lab.row(
            "scaling/depth/train",
            device,
            Map.of("batch", "" + DepthBenchmark.BATCH, "depth", "" + depth),
            Unit.IMAGES_PER_SECOND,
            rates(DepthBenchmark.BATCH, seconds)));
  }

  private List<Row> augment(String device) throws Exception {
    Map<String, String> parameters = Map.of("device", device);
    double[] seconds = jmh.secondsPerOperation(AugmentBenchmark.class, "augment", parameters, 1);
    return List.of(
        lab.row(
            "input/augment",
            device,
            Map.of("data", "mnist", "batch", "" + AugmentBenchmark.BATCH),
            Unit.IMAGES_PER_SECOND,
            rates(AugmentBenchmark.BATCH, seconds)));
  }

  private List<Row> input(String method, int images) throws Exception {
    double[] seconds = jmh.secondsPerOperation(InputBenchmark.class, method, Map.of(), 1);
    return List.of(
        Row.of(
            "input/" + method,
            "host",
            "Java",
            Map.of("data", "mnist"),
            1,
            Unit.IMAGES_PER_SECOND,
            rates(images, seconds),
            lab.origin()));
  }

  /** Adds the share if the ceiling was measured in this run. */
  private Row beside(Row row, String device, Ceiling ceiling, double perSecond) {
    Double limit = ceilings.get(device + ceiling);
    return limit == null ? row : row.under(ceiling, perSecond / GIGA / limit);
  }

  private static double[] rates(double amount, double[] seconds) {
    return Arrays.stream(seconds).map(s -> amount / s).toArray();
  }
}
