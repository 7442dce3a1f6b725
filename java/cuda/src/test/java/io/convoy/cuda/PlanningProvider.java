// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.Availability;
import io.convoy.backend.Backend;
import io.convoy.backend.BackendProvider;
import java.util.ArrayList;
import java.util.List;

/** Lets models be compiled for a GPU that computes nothing, to look at their plans and calls. */
public final class PlanningProvider implements BackendProvider {
  static final String NAME = "planning";

  /** What its GPUs were asked for. */
  static final List<String> CALLS = new ArrayList<>();

  private static final long MEMORY = 80L << 30;

  /** For the service loader. */
  public PlanningProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Availability probe() {
    return new Availability.Available(List.of(new PlanningGpu(MEMORY, CALLS).info().device()));
  }

  @Override
  public Backend open(int index) {
    return new CudaBackend(new PlanningGpu(MEMORY, CALLS));
  }
}
