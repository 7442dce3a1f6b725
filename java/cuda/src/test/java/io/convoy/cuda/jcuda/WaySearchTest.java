// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The search beside stand-ins for cuDNN and for the clock. */
class WaySearchTest {
  private static final long LIMIT = 1000;
  private static final long TRIAL = 4096; // where the trials' workspace lies

  private final List<StandIn> open = new ArrayList<>();
  private final Engines engines = new Engines();
  private final WaySearch search = search(Precision.BF16, false);

  private static WaySearch search(Precision precision, boolean deterministic) {
    Buffer buffer = Buffer.at(0, 4);
    ConvolutionShape shape = new ConvolutionShape(1, 1, 3, 2, 2, 1, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1);
    ConvolutionStep step =
        new ConvolutionStep(
            "conv1", ConvolutionStep.Pass.FORWARD, shape, precision, buffer, buffer, buffer);
    return new WaySearch(step, deterministic, LIMIT, new Clock());
  }

  @AfterEach
  void nothingStaysOpen() {
    search.close();
    assertEquals(List.of(), open);
  }

  /** A way that takes some nanoseconds; its call is its time, for the clock below. */
  private final class StandIn implements Way {
    private final ConvolutionChoice choice;
    private final long nanos;
    private final long workspace;
    private final String failure;

    StandIn(ConvolutionChoice choice, long nanos, long workspace, String failure) {
      this.choice = choice;
      this.nanos = nanos;
      this.workspace = workspace;
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
      return workspace;
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

  private record Call(long nanos, String failure) implements Runnable {
    @Override
    public void run() {
      if (failure != null) {
        throw new BackendException(failure);
      }
    }
  }

  private static final class Clock implements WayClock {
    @Override
    public long workspace() {
      return TRIAL;
    }

    @Override
    public void tryOut(Runnable call) {
      call.run();
    }

    @Override
    public long[] time(List<Runnable> calls) {
      return calls.stream().mapToLong(call -> ((Call) call).nanos()).toArray();
    }
  }

  /** Engines that take as many nanoseconds as was said, and refuse all others. */
  private final class Engines implements GraphEngines {
    private final Map<Heuristic, List<EngineProposal>> proposals = new EnumMap<>(Heuristic.class);
    private final Map<Long, Long> nanos = new HashMap<>();
    private final List<Heuristic> asked = new ArrayList<>();
    private long workspace;
    private String failure;

    void propose(Heuristic heuristic, long... indexes) {
      proposals.put(heuristic, LongStream.of(indexes).mapToObj(i -> proposal(i)).toList());
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
      if (!nanos.containsKey(engine.index())) {
        throw new BackendException("not for this GPU");
      }
      return new StandIn(engine, nanos.get(engine.index()), workspace, failure);
    }
  }

  private static EngineProposal proposal(long index, Integer... notes) {
    return new EngineProposal(engine(index), List.of(notes));
  }

  private static ConvolutionChoice.Engine engine(long index) {
    return new ConvolutionChoice.Engine(index, new TreeMap<>());
  }

  private Way algorithm(int number, long nanos) {
    return new StandIn(new ConvolutionChoice.Algorithm(number), nanos, 0, null);
  }

  private WayTimes fastest() {
    WayTimes times = search.fastest();
    search.close();
    assertEquals(List.of(times.fastest()), open);
    times.fastest().close();
    return times;
  }

  @Test
  void theFastestOfBothApis() {
    engines.propose(Heuristic.A, 10, 11);
    engines.nanos.putAll(Map.of(10L, 3000L, 11L, 1500L));
    Way slow = algorithm(1, 4000);
    Way fast = algorithm(6, 2000);
    search.legacy(() -> List.of(slow, fast)).graph(engines);
    WayTimes times = fastest();
    assertEquals(engine(11), times.fastest().choice());
    assertEquals("1.5 us (6 2.0 us), 4 tried, 2 refused", times.told());
  }

  @Test
  void ofEqualsTheFirst() {
    engines.propose(Heuristic.A, 10);
    engines.nanos.put(10L, 2000L);
    Way algorithm = algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm)).graph(engines);
    assertSame(algorithm, fastest().fastest());
  }

  @Test
  void oneApiAlone() {
    Way algorithm = algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm));
    assertEquals("2.0 us, 1 tried, 0 refused", fastest().told());
  }

  @Test
  void asManyEnginesAsAreEnough() {
    long[] many = LongStream.range(0, 2L * WaySearch.ENGINES).toArray();
    LongStream.of(many).forEach(i -> engines.nanos.put(i, 100 - i));
    engines.propose(Heuristic.A, many);
    search.graph(engines);
    assertEquals(List.of(Heuristic.A), engines.asked);
    WayTimes times = fastest();
    assertEquals(WaySearch.ENGINES, times.ranking().size());
    assertEquals(engine(WaySearch.ENGINES - 1), times.fastest().choice());
  }

  @Test
  void otherHeuristicsFillUpWithWhatIsNew() {
    engines.propose(Heuristic.A, 1);
    engines.propose(Heuristic.B, 1, 2);
    engines.propose(Heuristic.FALLBACK, 2, 3);
    engines.nanos.putAll(Map.of(1L, 3L, 2L, 2L, 3L, 1L));
    search.graph(engines);
    assertEquals(List.of(), search.refusals());
    WayTimes times = fastest();
    assertEquals(3, times.ranking().size());
    assertEquals(engine(3), times.fastest().choice());
  }

  @Test
  void refusedEnginesAreLeftOut() {
    engines.propose(Heuristic.A, 1, 2);
    engines.nanos.put(2L, 5L);
    search.graph(engines);
    assertEquals(
        List.of(
            "graph engine 1: not for this GPU",
            "graph heuristic B: it knows none",
            "graph heuristic FALLBACK: it knows none"),
        search.refusals());
    assertEquals(engine(2), fastest().fastest().choice());
  }

  @Test
  void enginesWithOtherNumbersAreLeftOut() {
    WaySearch fp32 = search(Precision.FP32, true);
    engines.proposals.put(Heuristic.A, List.of(proposal(1, 0), proposal(2, 4), proposal(3)));
    engines.nanos.putAll(Map.of(1L, 1L, 2L, 2L, 3L, 3L));
    fp32.graph(engines);
    assertEquals(
        List.of("graph engine 1: rounds factors", "graph engine 2: other bits each time"),
        fp32.refusals().subList(0, 2));
    WayTimes times = fp32.fastest();
    fp32.close();
    assertEquals(engine(3), times.fastest().choice());
    times.fastest().close();
  }

  @Test
  void whatNeedsTooMuchWorkspaceIsLeftOut() {
    engines.propose(Heuristic.A, 1);
    engines.nanos.put(1L, 1L);
    engines.workspace = LIMIT + 1;
    Way algorithm = algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm)).graph(engines);
    assertEquals("graph engine 1: 1001 B of workspace", search.refusals().get(0));
    assertSame(algorithm, fastest().fastest());
  }

  @Test
  void whatFailsWhenItRunsIsLeftOut() {
    engines.propose(Heuristic.A, 1);
    engines.nanos.put(1L, 1L);
    engines.failure = "cudnnBackendExecute failed";
    Way algorithm = algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm)).graph(engines);
    assertEquals("graph engine 1: cudnnBackendExecute failed", search.refusals().get(0));
    assertSame(algorithm, fastest().fastest());
  }

  @Test
  void aSearchOfCudnnsOwnThatFailsLeavesTheGraph() {
    engines.propose(Heuristic.A, 1);
    engines.nanos.put(1L, 1L);
    search
        .legacy(
            () -> {
              throw new BackendException("cudnnFind failed");
            })
        .graph(engines);
    assertEquals("legacy: cudnnFind failed", search.refusals().get(0));
    assertEquals(engine(1), fastest().fastest().choice());
  }

  @Test
  void nothingLeftIsAnErrorThatSaysWhatWasRefused() {
    engines.propose(Heuristic.A, 1);
    search.legacy(List::of).graph(engines);
    BackendException e = assertThrows(BackendException.class, search::fastest);
    String start = "conv1: cudnn convolution FORWARD bf16 x[1,1,3,2]";
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    assertTrue(e.getMessage().contains("within 1000 B of workspace; refused were"), e.getMessage());
    assertTrue(e.getMessage().contains("graph engine 1: not for this GPU"), e.getMessage());
  }

  @Test
  void theBestOfCallsInTurns() {
    long[] nanos = {5, 60, 4, 80, 7, 50};
    assertEquals(List.of(4L, 50L), LongStream.of(GpuWayClock.best(nanos, 2)).boxed().toList());
  }
}
