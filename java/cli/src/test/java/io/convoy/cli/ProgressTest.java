// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.callbacks.Fit;
import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.LearningRate;
import io.convoy.model.Model;
import io.convoy.model.Position;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter text = new StringWriter();
  private final FakeFit fit = new FakeFit();

  private Progress progress(boolean terminal) {
    List<String> metrics = List.of("accuracy", "auc");
    return new Progress(new PrintWriter(text), terminal, 1000, "images", metrics);
  }

  @Test
  void aTerminalGetsALineThatIsRewritten() throws InterruptedException {
    Progress progress = progress(true);
    progress.onBatchEnd(fit);
    assertEquals("", text.toString(), "it is too early");
    Thread.sleep(110);
    progress.onBatchEnd(fit);
    assertEquals(
        "\repoch 2/3: [=====     ] loss 0.1235, accuracy 0.9900, auc 0.5000, 50 images/s, 0:30 left",
        text.toString());
    int length = text.getBuffer().length();
    progress.onBatchEnd(fit);
    assertEquals(length, text.getBuffer().length(), "at most 10 updates a second");
    progress.onEpochEnd(fit, result());
    String cleared = "\r" + " ".repeat(length - 1) + "\r";
    assertEquals(cleared + EPOCH + System.lineSeparator(), text.toString().substring(length));
  }

  @Test
  void aPipeGetsOnlyALineAnEpoch() throws InterruptedException {
    Progress progress = progress(false);
    Thread.sleep(110);
    progress.onBatchEnd(fit);
    assertEquals("", text.toString());
    progress.onEpochEnd(fit, result());
    assertEquals(EPOCH + System.lineSeparator(), text.toString());
  }

  @Test
  void nothingIsAllocatedWhenNothingIsDue() {
    Progress progress = progress(true);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      progress.onBatchEnd(fit);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least);
    assertTrue(text.toString().isEmpty());
  }

  private static final String EPOCH =
      "epoch 2/3: loss 0.5000, accuracy 0.7500, val_loss 0.2500, val_accuracy 0.8750, 12.3 s,"
          + " 4,321 images/s";

  private static EpochResult result() {
    Evaluation training = new Evaluation(0.5, Map.of("accuracy", 0.75));
    Evaluation validation = new Evaluation(0.25, Map.of("accuracy", 0.875));
    return new EpochResult(2, training, Optional.of(validation), 12.34, 4321);
  }

  /** In the middle of the second of three epochs. */
  private static final class FakeFit implements Fit {
    @Override
    public Model model() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int epoch() {
      return 2;
    }

    @Override
    public int epochs() {
      return 3;
    }

    @Override
    public boolean validates() {
      throw new UnsupportedOperationException();
    }

    @Override
    public LearningRate learningRate() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int step() {
      return 5;
    }

    @Override
    public int steps() {
      return 10;
    }

    @Override
    public long instances() {
      return 500;
    }

    @Override
    public double seconds() {
      return 1;
    }

    @Override
    public double imagesPerSecond() {
      return 50.4;
    }

    @Override
    public double loss() {
      return 0.12345;
    }

    @Override
    public double metric(int index) {
      return index == 0 ? 0.99 : 0.5;
    }

    @Override
    public Position position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {
      throw new UnsupportedOperationException();
    }
  }
}
