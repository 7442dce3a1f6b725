// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.cuda.device.KernelStep;
import java.util.List;
import java.util.OptionalLong;
import jcuda.Pointer;

/**
 * A kernel of ours that is launched behind whatever computes a convolution.
 *
 * @param name the kernel's
 * @param launch puts it on the stream; allocates nothing
 */
record Follower(String name, Runnable launch) {
  static Follower of(KernelStep step, JCudaGpu gpu) {
    return new Follower(step.kernel(), new KernelLaunch(step, gpu)::run);
  }

  /** Algorithms, each with the kernel behind it. */
  ConvolutionPass behind(ConvolutionPass pass) {
    return new Pass(pass, this);
  }

  /** Engines, each with the kernel behind it. */
  GraphEngines behind(GraphEngines engines) {
    return new Engines(engines, this);
  }

  private record Pass(ConvolutionPass first, Follower then) implements ConvolutionPass {
    @Override
    public List<Candidate> find(Pointer workspace, long bytes) {
      return first.find(workspace, bytes);
    }

    @Override
    public OptionalLong workspace(int algorithm) {
      return first.workspace(algorithm);
    }

    @Override
    public void run(int algorithm, Pointer workspace, long bytes) {
      first.run(algorithm, workspace, bytes);
      then.launch.run();
    }

    @Override
    public String name(int algorithm) {
      return first.name(algorithm) + " + " + then.name;
    }
  }

  private record Engines(GraphEngines first, Follower then) implements GraphEngines {
    @Override
    public List<EngineProposal> propose(Heuristic heuristic) {
      return first.propose(heuristic);
    }

    @Override
    public Way prepare(ConvolutionChoice.Engine engine) {
      return new Pair(first.prepare(engine), then);
    }
  }

  private record Pair(Way first, Follower then) implements Way {
    @Override
    public ConvolutionChoice choice() {
      return first.choice();
    }

    @Override
    public String name() {
      return first.name() + " + " + then.name;
    }

    @Override
    public long workspace() {
      return first.workspace();
    }

    @Override
    public Runnable on(long workspace) {
      Runnable call = first.on(workspace);
      return () -> {
        call.run();
        then.launch.run();
      };
    }

    @Override
    public void close() {
      first.close();
    }
  }
}
