// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.process;

import io.convoy.backend.Devices;
import io.convoy.benchmarks.micro.ConvoyEntry;
import io.convoy.contest.Contest;
import io.convoy.contest.Contestant;
import io.convoy.contest.Framework;
import io.convoy.contest.Net;

/** Convoy in the contest. The backend takes its threads from OMP_NUM_THREADS. */
public final class ConvoyContestant implements Framework {
  /** System property with the device. */
  public static final String DEVICE = "convoy.contest.device";

  private final String device = System.getProperty(DEVICE);

  /**
   * Takes part.
   *
   * @param args see {@link Contest#run}
   */
  public static void main(String[] args) {
    Contest.run(new ConvoyContestant(), args);
  }

  @Override
  public String name() {
    return "convoy";
  }

  @Override
  public String versions() {
    try (var backend = Devices.open(device).backend()) {
      return device + ": " + backend.device().description();
    }
  }

  @Override
  public Contestant enter(Net net, int threads) {
    return new ConvoyEntry(net, device);
  }
}
