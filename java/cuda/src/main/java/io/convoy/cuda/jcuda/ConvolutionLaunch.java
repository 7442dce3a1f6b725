// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;

/** A pass of a convolution in the way that was chosen for it. */
final class ConvolutionLaunch implements Launch {
  private final String subject;
  private final String choice;
  private Runnable call; // once there is a workspace

  ConvolutionLaunch(
      ConvolutionStep step, AlgorithmChooser chooser, Workspace workspace, Resources owner) {
    subject = step.describe();
    WayChooser.Chosen chosen = chooser.choose(step, owner);
    choice = chosen.told();
    workspace.require(chosen.way().workspace(), address -> call = chosen.way().on(address));
  }

  @Override
  public void run() {
    call.run();
  }

  @Override
  public String subject() {
    return subject;
  }

  @Override
  public String choice() {
    return choice;
  }
}
