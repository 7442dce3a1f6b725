// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.backend.BackendException;
import io.convoy.compile.Precision;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.ops.Activation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is chosen at the first start and at later ones. */
class WayChooserTest {
  private static final long LIMIT = 1000;

  @TempDir Path folder;

  private final StandInCudnn cudnn = new StandInCudnn();
  private final StandInCudnn fused = new StandInCudnn(true);
  private int clocks;

  @AfterEach
  void nothingStaysOpen() {
    assertEquals(0, cudnn.open.size());
    assertEquals(0, fused.open.size());
  }

  /** A start of its own: it knows what is on disk. */
  private String start(String device, ConvolutionApis apis, ConvolutionStep step, Offers offers) {
    WayChooser chooser =
        new WayChooser(
            new AlgorithmCache(new CacheFolder(folder)), device, apis, false, LIMIT, this::clock);
    WayChooser.Chosen chosen = chooser.choose(step, offers);
    chosen.way().close();
    return chosen.told();
  }

  private String start(String device, ConvolutionApis apis, Precision precision) {
    ConvolutionStep step = StandInCudnn.step(precision);
    return start(device, apis, step, new Offers(cudnn, cudnn, Optional.empty()));
  }

  /** A start with a convolution that something follows. */
  private String startFollowed(ConvolutionApis apis, Activation f) {
    KernelStep kernel = new KernelStep("next", "next", Grid.of(1), 1, List.of(), List.of());
    Epilogue epilogue = new Epilogue.BiasActivation(Optional.empty(), Optional.of(f), kernel);
    ConvolutionStep step = StandInCudnn.step(Precision.BF16).followedBy(epilogue);
    return start("H100", apis, step, new Offers(cudnn, cudnn, Optional.of(fused)));
  }

  private String start(ConvolutionApis apis) {
    return start("H100", apis, Precision.BF16);
  }

  private WayClock clock() {
    clocks++;
    return cudnn;
  }

  private void bothApisWork() {
    cudnn.algorithms.put(1, 2000L);
    cudnn.propose(Heuristic.A, 42);
    cudnn.engines.put(42L, 1000L);
  }

  @Test
  void theFastestIsRemembered() {
    bothApisWork();
    assertEquals(
        "graph engine 42, workspace 0 B; 1.0 us (legacy ALGO_1 2.0 us), 2 tried, 2 refused",
        start(ConvolutionApis.BOTH));
    clocks = 0;
    cudnn.engines.put(42L, 5000L); // it would lose now, and is not timed
    assertEquals("graph engine 42, workspace 0 B; remembered", start(ConvolutionApis.BOTH));
    assertEquals(0, clocks);
  }

  @Test
  void anAlgorithmIsRemembered() {
    bothApisWork();
    cudnn.engines.put(42L, 3000L);
    assertEquals(
        "legacy ALGO_1, workspace 0 B; 2.0 us (graph engine 42 3.0 us), 2 tried, 2 refused",
        start(ConvolutionApis.BOTH));
    assertEquals("legacy ALGO_1, workspace 0 B; remembered", start(ConvolutionApis.BOTH));
  }

  @Test
  void oneApiAloneKnowsNothingOfTheOther() {
    bothApisWork();
    start(ConvolutionApis.BOTH);
    assertEquals(
        "legacy ALGO_1, workspace 0 B; 2.0 us, 1 tried, 0 refused", start(ConvolutionApis.LEGACY));
    assertEquals(
        "graph engine 42, workspace 0 B; 1.0 us, 1 tried, 2 refused", start(ConvolutionApis.GRAPH));
  }

  @Test
  void otherDevicesAndPrecisionsAreOthers() {
    bothApisWork();
    start("H100", ConvolutionApis.BOTH, Precision.BF16);
    clocks = 0;
    start("A100", ConvolutionApis.BOTH, Precision.BF16);
    start("H100", ConvolutionApis.BOTH, Precision.FP16);
    start("H100", ConvolutionApis.BOTH, Precision.FP16);
    assertEquals(4, clocks); // one for cuDNN's own search, one for ours, twice
  }

  @Test
  void whatCannotBeHadAgainIsSearchedAndTold() {
    bothApisWork();
    start(ConvolutionApis.BOTH);
    cudnn.engines.clear();
    assertEquals(
        "legacy ALGO_1, workspace 0 B; 2.0 us, 1 tried, 3 refused;"
            + " instead of graph engine 42, which it was before: not for this GPU",
        start(ConvolutionApis.BOTH));
    assertEquals("legacy ALGO_1, workspace 0 B; remembered", start(ConvolutionApis.BOTH));
  }

  @Test
  void anAlgorithmThatIsGoneIsSearchedAndTold() {
    bothApisWork();
    start(ConvolutionApis.LEGACY);
    cudnn.algorithms.clear();
    cudnn.algorithms.put(6, 1500L);
    assertEquals(
        "legacy ALGO_6, workspace 0 B; 1.5 us, 1 tried, 0 refused;"
            + " instead of 1, which it was before: cuDNN does not take it here",
        start(ConvolutionApis.LEGACY));
  }

  @Test
  void whatNeedsMoreThanThereIsNowIsSearchedAndTold() {
    bothApisWork();
    start(ConvolutionApis.BOTH);
    cudnn.workspace = LIMIT + 1;
    assertEquals(
        "legacy ALGO_1, workspace 0 B; 2.0 us, 1 tried, 3 refused;"
            + " instead of graph engine 42, which it was before: it needs 1001 B of workspace",
        start(ConvolutionApis.BOTH));
  }

  @Test
  void onlyTheFastestAlgorithmsAreTimedAgain() {
    for (int number = 0; number < 8; number++) {
      cudnn.algorithms.put(number, 9000L - number);
    }
    assertEquals(
        "legacy ALGO_7, workspace 0 B; 9.0 us, 3 tried, 0 refused", start(ConvolutionApis.LEGACY));
  }

  @Test
  void oneLaunchForAllThatFollowsIsOneMoreWay() {
    bothApisWork();
    fused.propose(Heuristic.A, 7);
    fused.engines.put(7L, 500L);
    assertEquals(
        "fused graph engine 7, workspace 0 B;"
            + " 0.5 us (graph engine 42 1.0 us, legacy ALGO_1 2.0 us), 3 tried, 4 refused",
        startFollowed(ConvolutionApis.BOTH, Activation.RELU));
    fused.engines.put(7L, 5000L);
    assertEquals(
        "fused graph engine 7, workspace 0 B; remembered",
        startFollowed(ConvolutionApis.BOTH, Activation.RELU));
    assertEquals(
        "graph engine 42, workspace 0 B;"
            + " 1.0 us (legacy ALGO_1 2.0 us, fused graph engine 7 5.0 us), 3 tried, 4 refused",
        startFollowed(ConvolutionApis.BOTH, Activation.TANH));
  }

  @Test
  void whatIsNotFusedIsAPair() {
    bothApisWork();
    assertEquals(
        "graph engine 42, workspace 0 B; 1.0 us (legacy ALGO_1 2.0 us), 2 tried, 5 refused",
        startFollowed(ConvolutionApis.BOTH, Activation.RELU));
    assertThrows(
        BackendException.class, () -> startFollowed(ConvolutionApis.FUSED, Activation.RELU));
  }

  @Test
  void onlyWhatIsFusedOrNothingFollows() {
    bothApisWork();
    fused.propose(Heuristic.A, 7);
    fused.engines.put(7L, 5000L);
    assertEquals(
        "fused graph engine 7, workspace 0 B; 5.0 us, 1 tried, 2 refused",
        startFollowed(ConvolutionApis.FUSED, Activation.RELU));
    assertEquals(
        "graph engine 42, workspace 0 B; 1.0 us, 1 tried, 2 refused", start(ConvolutionApis.FUSED));
  }

  @Test
  void theOldApiHasNothingThatIsFused() {
    bothApisWork();
    fused.propose(Heuristic.A, 7);
    fused.engines.put(7L, 500L);
    assertEquals(
        "legacy ALGO_1, workspace 0 B; 2.0 us, 1 tried, 0 refused",
        startFollowed(ConvolutionApis.LEGACY, Activation.RELU));
  }

  @Test
  void nothingAtAllIsAnError() {
    assertThrows(BackendException.class, () -> start(ConvolutionApis.BOTH));
    cudnn.algorithms.put(1, 2000L);
    assertThrows(BackendException.class, () -> start(ConvolutionApis.GRAPH));
  }
}
