// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static io.convoy.cuda.jcuda.StandInCudnn.engine;
import static io.convoy.cuda.jcuda.StandInCudnn.proposal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.BackendException;
import io.convoy.compile.Precision;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The search beside stand-ins for cuDNN and for the clock. */
class WaySearchTest {
  private static final long LIMIT = 1000;

  private final StandInCudnn cudnn = new StandInCudnn();
  private final WaySearch search =
      new WaySearch(StandInCudnn.step(Precision.BF16), false, LIMIT, cudnn);

  @AfterEach
  void nothingStaysOpen() {
    search.close();
    assertEquals(List.of(), cudnn.open);
  }

  private WayTimes fastest() {
    WayTimes times = search.fastest();
    search.close();
    assertEquals(List.of(times.fastest()), cudnn.open);
    times.fastest().close();
    return times;
  }

  @Test
  void theFastestOfBothApis() {
    cudnn.propose(Heuristic.A, 10, 11);
    cudnn.engines.putAll(Map.of(10L, 3000L, 11L, 1500L));
    Way slow = cudnn.algorithm(1, 4000);
    Way fast = cudnn.algorithm(6, 2000);
    search.legacy(() -> List.of(slow, fast)).graph(cudnn);
    WayTimes times = fastest();
    assertEquals(engine(11), times.fastest().choice());
    assertEquals("1.5 us (6 2.0 us), 4 tried, 2 refused", times.told());
  }

  @Test
  void ofEqualsTheFirst() {
    cudnn.propose(Heuristic.A, 10);
    cudnn.engines.put(10L, 2000L);
    Way algorithm = cudnn.algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm)).graph(cudnn);
    assertSame(algorithm, fastest().fastest());
  }

  @Test
  void oneApiAlone() {
    Way algorithm = cudnn.algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm));
    assertEquals("2.0 us, 1 tried, 0 refused", fastest().told());
  }

  @Test
  void asManyEnginesAsAreEnough() {
    long[] many = LongStream.range(0, 2L * WaySearch.ENGINES).toArray();
    LongStream.of(many).forEach(i -> cudnn.engines.put(i, 100 - i));
    cudnn.propose(Heuristic.A, many);
    search.graph(cudnn);
    assertEquals(List.of(Heuristic.A), cudnn.asked);
    WayTimes times = fastest();
    assertEquals(WaySearch.ENGINES, times.ranking().size());
    assertEquals(engine(WaySearch.ENGINES - 1), times.fastest().choice());
  }

  @Test
  void otherHeuristicsFillUpWithWhatIsNew() {
    cudnn.propose(Heuristic.A, 1);
    cudnn.propose(Heuristic.B, 1, 2);
    cudnn.propose(Heuristic.FALLBACK, 2, 3);
    cudnn.engines.putAll(Map.of(1L, 3L, 2L, 2L, 3L, 1L));
    search.graph(cudnn);
    assertEquals(List.of(), search.refusals());
    WayTimes times = fastest();
    assertEquals(3, times.ranking().size());
    assertEquals(engine(3), times.fastest().choice());
  }

  @Test
  void refusedEnginesAreLeftOut() {
    cudnn.propose(Heuristic.A, 1, 2);
    cudnn.engines.put(2L, 5L);
    search.graph(cudnn);
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
    WaySearch fp32 = new WaySearch(StandInCudnn.step(Precision.FP32), true, LIMIT, cudnn);
    cudnn.proposals.put(Heuristic.A, List.of(proposal(1, 0), proposal(2, 4), proposal(3)));
    cudnn.engines.putAll(Map.of(1L, 1L, 2L, 2L, 3L, 3L));
    fp32.graph(cudnn);
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
    cudnn.propose(Heuristic.A, 1);
    cudnn.engines.put(1L, 1L);
    cudnn.workspace = LIMIT + 1;
    Way algorithm = cudnn.algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm)).graph(cudnn);
    assertEquals("graph engine 1: 1001 B of workspace", search.refusals().get(0));
    assertSame(algorithm, fastest().fastest());
  }

  @Test
  void whatFailsWhenItRunsIsLeftOut() {
    cudnn.propose(Heuristic.A, 1);
    cudnn.engines.put(1L, 1L);
    cudnn.failure = "cudnnBackendExecute failed";
    Way algorithm = cudnn.algorithm(6, 2000);
    search.legacy(() -> List.of(algorithm)).graph(cudnn);
    assertEquals("graph engine 1: cudnnBackendExecute failed", search.refusals().get(0));
    assertSame(algorithm, fastest().fastest());
  }

  @Test
  void aSearchOfCudnnsOwnThatFailsLeavesTheGraph() {
    cudnn.propose(Heuristic.A, 1);
    cudnn.engines.put(1L, 1L);
    search
        .legacy(
            () -> {
              throw new BackendException("cudnnFind failed");
            })
        .graph(cudnn);
    assertEquals("legacy: cudnnFind failed", search.refusals().get(0));
    assertEquals(engine(1), fastest().fastest().choice());
  }

  @Test
  void nothingLeftIsAnErrorThatSaysWhatWasRefused() {
    cudnn.propose(Heuristic.A, 1);
    search.legacy(List::of).graph(cudnn);
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
