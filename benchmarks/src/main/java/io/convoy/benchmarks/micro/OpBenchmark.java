// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import io.convoy.backend.Devices;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.session.Session;
import io.convoy.session.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One op of {@link OpScenes}. Its results stay on the device; the end of the run is awaited by
 * reading the token that was fetched.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpBenchmark {
  /** Name of the scene. */
  @Param("")
  public String op;

  /** What {@code --device} takes. */
  @Param("")
  public String device;

  private Session session;
  private Step step;

  /** Builds the op and checks what it makes against the reference backend. */
  @Setup
  public void open() {
    OpScene scene = OpScenes.byName(op);
    OpCheck.matchesReference(scene, device);
    SceneGraph graph = new SceneGraph(scene.batch());
    List<Value> made = scene.builder().apply(graph).stream().map(OpScene.Made::value).toList();
    session = new Session(graph.graph(), Devices.open(device).backend());
    graph.load(session);
    step = session.prepare(List.of(Nn.group(made)), Map.of());
    graph.feed(step);
  }

  /**
   * One run.
   *
   * @return the awaited token
   */
  @Benchmark
  public ByteBuffer run() {
    step.run();
    return step.output(0);
  }

  /** Frees the device. */
  @TearDown
  public void close() {
    session.close();
  }
}
