// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.model.EpochResult;
import java.io.PrintWriter;
import java.util.List;

/**
 * Shows how a fit goes: a line an epoch, and on a terminal one that is rewritten meanwhile. It has
 * no thread of its own, which would take a core from the training, and allocates nothing between
 * two updates.
 */
final class Progress implements Callback {
  private static final long UPDATE_NANOS = 100_000_000;
  private static final int BAR = 10;

  private final PrintWriter out;
  private final boolean terminal;
  private final long epochSize;
  private final String unit;
  private final List<String> names;
  private long last = System.nanoTime();
  private int shown;

  /**
   * Makes the callback.
   *
   * @param terminal whether a line can be rewritten
   * @param epochSize instances an epoch
   * @param unit what they are called, such as "images"
   * @param names of the metrics
   */
  Progress(PrintWriter out, boolean terminal, long epochSize, String unit, List<String> names) {
    this.names = names;
    this.out = out;
    this.terminal = terminal;
    this.epochSize = epochSize;
    this.unit = unit;
  }

  @Override
  public void onBatchEnd(Fit fit) {
    long now = System.nanoTime();
    if (terminal && now - last >= UPDATE_NANOS) {
      last = now;
      rewrite(line(fit));
    }
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    clear();
    out.println(line(fit.epochs(), result));
  }

  @Override
  public void onTrainEnd(Fit fit) {
    clear();
  }

  /** Takes the rewritten line away, so that something else can be printed. */
  void clear() {
    if (shown > 0) {
      rewrite("");
      out.print('\r');
      out.flush();
    }
  }

  private void rewrite(String line) {
    out.print('\r' + line + " ".repeat(Math.max(0, shown - line.length())));
    out.flush();
    shown = line.length();
  }

  private String line(Fit fit) {
    double speed = fit.imagesPerSecond();
    long left = (fit.epochs() - fit.epoch() + 1) * epochSize - fit.instances();
    return epoch(fit.epoch(), fit.epochs())
        + bar((double) fit.instances() / epochSize)
        + " loss "
        + Numbers.fixed(fit.loss(), 4)
        + metrics(fit)
        + ", "
        + Numbers.grouped(Math.round(speed))
        + " "
        + unit
        + "/s, "
        + Numbers.clock(left / speed)
        + " left";
  }

  private String metrics(Fit fit) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(", ").append(names.get(i)).append(' ').append(Numbers.fixed(fit.metric(i), 4));
    }
    return text.toString();
  }

  private String line(int epochs, EpochResult result) {
    return epoch(result.epoch(), epochs)
        + logs(result)
        + Numbers.fixed(result.seconds(), 1)
        + " s, "
        + Numbers.grouped(Math.round(result.imagesPerSecond()))
        + " "
        + unit
        + "/s";
  }

  private static String epoch(int epoch, int epochs) {
    return "epoch " + epoch + "/" + epochs + ": ";
  }

  private static String logs(EpochResult result) {
    StringBuilder text = new StringBuilder();
    result.logs().forEach((name, v) -> text.append(name + " " + Numbers.fixed(v, 4)).append(", "));
    return text.toString();
  }

  private static String bar(double done) {
    int full = (int) (done * BAR);
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "]";
  }
}
