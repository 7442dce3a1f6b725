// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import jcuda.Pointer;
import org.junit.jupiter.api.Test;

/** A kernel behind whatever computes a convolution. */
class FollowerTest {
  private final List<String> calls = new ArrayList<>();
  private final Follower follower = new Follower("bias", () -> calls.add("bias"));

  private final class Algorithms implements ConvolutionPass {
    @Override
    public List<Candidate> find(Pointer workspace, long bytes) {
      return List.of(Candidate.of(1, CudnnStatus.SUCCESS, 1, bytes, 1));
    }

    @Override
    public OptionalLong workspace(int algorithm) {
      return OptionalLong.of(algorithm);
    }

    @Override
    public void run(int algorithm, Pointer workspace, long bytes) {
      calls.add("algorithm " + algorithm + " in " + bytes);
    }

    @Override
    public String name(int algorithm) {
      return "GEMM";
    }
  }

  private final class EngineWay implements Way {
    @Override
    public ConvolutionChoice choice() {
      return StandInCudnn.engine(3);
    }

    @Override
    public String name() {
      return "engine";
    }

    @Override
    public long workspace() {
      return 9;
    }

    @Override
    public Runnable on(long workspace) {
      return () -> calls.add("engine at " + workspace);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private final class Engines implements GraphEngines {
    @Override
    public List<EngineProposal> propose(Heuristic heuristic) {
      return List.of(StandInCudnn.proposal(heuristic.constant()));
    }

    @Override
    public Way prepare(ConvolutionChoice.Engine engine) {
      return new EngineWay();
    }
  }

  @Test
  void anAlgorithmGoesFirst() {
    ConvolutionPass pair = follower.behind(new Algorithms());
    assertEquals(5, pair.find(null, 5).get(0).workspace());
    assertEquals(OptionalLong.of(2), pair.workspace(2));
    assertEquals("GEMM + bias", pair.name(2));
    pair.run(2, null, 7);
    assertEquals(List.of("algorithm 2 in 7", "bias"), calls);
  }

  @Test
  void anEngineGoesFirst() {
    GraphEngines pairs = follower.behind(new Engines());
    assertEquals(
        StandInCudnn.engine(Heuristic.B.constant()), pairs.propose(Heuristic.B).get(0).engine());
    try (Way pair = pairs.prepare(StandInCudnn.engine(3))) {
      assertEquals("engine + bias", pair.name());
      assertEquals(StandInCudnn.engine(3), pair.choice());
      assertEquals(9, pair.workspace());
      pair.on(64).run();
    }
    assertEquals(List.of("engine at 64", "bias", "close"), calls);
  }
}
