// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionShape;
import io.convoy.cuda.device.ConvolutionStep;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jcuda.Pointer;

/** Algorithms and engines that take as many nanoseconds as was said, and the clock for them. */
final class StandInCudnn implements GraphEngines, ConvolutionPass, WayClock {
  private static final long TRIAL = 4096; // where the trials' workspace lies

  private final boolean fused;

  /** What was made and is not closed. */
  final List<Way> open = new ArrayList<>();

  /** What heuristics propose; they fail where there is nothing. */
  final Map<Heuristic, List<EngineProposal>> proposals = new EnumMap<>(Heuristic.class);

  /** Which heuristics were asked. */
  final List<Heuristic> asked = new ArrayList<>();

  /** Nanoseconds of each engine; others are refused. */
  final Map<Long, Long> engines = new HashMap<>();

  /** Nanoseconds of each algorithm; others are refused. */
  final Map<Integer, Long> algorithms = new TreeMap<>();

  /** What an engine needs. */
  long workspace;

  /** Why calls of engines fail, if they do. */
  String failure;

  StandInCudnn() {
    this(false);
  }

  /**
   * Makes one that knows nothing yet.
   *
   * @param fused whether its engines do what follows a convolution, too
   */
  StandInCudnn(boolean fused) {
    this.fused = fused;
  }

  static ConvolutionStep step(Precision precision) {
    Buffer buffer = Buffer.at(0, 4);
    ConvolutionShape shape = new ConvolutionShape(1, 1, 3, 2, 2, 1, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1);
    return new ConvolutionStep(
        "conv1", ConvolutionStep.Pass.FORWARD, shape, precision, buffer, buffer, buffer);
  }

  static ConvolutionChoice.Engine engine(long index) {
    return new ConvolutionChoice.Engine(false, index, new TreeMap<>());
  }

  static EngineProposal proposal(long index, Integer... notes) {
    return new EngineProposal(engine(index), List.of(notes));
  }

  void propose(Heuristic heuristic, long... indexes) {
    proposals.put(heuristic, LongStream.of(indexes).mapToObj(this::mine).toList());
  }

  private EngineProposal mine(long index) {
    return new EngineProposal(
        new ConvolutionChoice.Engine(fused, index, new TreeMap<>()), List.of());
  }

  @Override
  public List<EngineProposal> propose(Heuristic heuristic) {
    asked.add(heuristic);
    if (!proposals.containsKey(heuristic)) {
      throw new BackendException("it knows none");
    }
    return proposals.get(heuristic);
  }

  @Override
  public Way prepare(ConvolutionChoice.Engine engine) {
    if (!engines.containsKey(engine.index())) {
      throw new BackendException("not for this GPU");
    }
    return new TimedWay(engine, engines.get(engine.index()), workspace, failure);
  }

  Way algorithm(int number, long nanos) {
    return new TimedWay(new ConvolutionChoice.Algorithm(number), nanos, 0, null);
  }

  /** Each twice, as cuDNN lists them for two math types; what they need is another matter. */
  @Override
  public List<Candidate> find(Pointer memory, long bytes) {
    return algorithms.entrySet().stream()
        .flatMap(
            a -> Stream.of(64, 32).map(b -> Candidate.of(a.getKey(), 0, a.getValue() / 1e6f, b, 1)))
        .toList();
  }

  @Override
  public OptionalLong workspace(int algorithm) {
    return algorithms.containsKey(algorithm) ? OptionalLong.of(0) : OptionalLong.empty();
  }

  private int running;

  @Override
  public void run(int algorithm, Pointer memory, long bytes) {
    running = algorithm;
  }

  @Override
  public String name(int algorithm) {
    return "ALGO_" + algorithm;
  }

  @Override
  public long workspace() {
    return TRIAL;
  }

  @Override
  public void tryOut(Runnable call) {
    call.run();
  }

  /** The time of a call is what was said of it; an algorithm is known by what it runs. */
  @Override
  public long[] time(List<Runnable> calls) {
    return calls.stream().mapToLong(this::nanos).toArray();
  }

  private long nanos(Runnable call) {
    if (call instanceof Call timed) {
      return timed.nanos();
    }
    call.run();
    return algorithms.get(running);
  }

  private record Call(long nanos, String failure) implements Runnable {
    @Override
    public void run() {
      if (failure != null) {
        throw new BackendException(failure);
      }
    }
  }

  private final class TimedWay implements Way {
    private final ConvolutionChoice choice;
    private final long nanos;
    private final long bytes;
    private final String failure;

    TimedWay(ConvolutionChoice choice, long nanos, long bytes, String failure) {
      this.choice = choice;
      this.nanos = nanos;
      this.bytes = bytes;
      this.failure = failure;
      open.add(this);
    }

    @Override
    public ConvolutionChoice choice() {
      return choice;
    }

    @Override
    public String name() {
      return choice.encode();
    }

    @Override
    public long workspace() {
      return bytes;
    }

    @Override
    public Runnable on(long address) {
      assertEquals(TRIAL, address);
      return new Call(nanos, failure);
    }

    @Override
    public void close() {
      assertTrue(open.remove(this), "closed twice");
    }
  }
}
