// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;

/** A pass of a convolution with the algorithm that was chosen for it. */
final class ConvolutionLaunch implements Launch {
  private final String subject;
  private final ConvolutionPass pass;
  private final AlgorithmChooser.Choice choice;
  private final Workspace workspace;

  ConvolutionLaunch(
      ConvolutionStep step,
      JCudaGpu gpu,
      AlgorithmChooser chooser,
      Workspace workspace,
      Resources owner) {
    subject = step.describe();
    pass = ConvolutionPass.of(step, gpu, owner);
    choice = chooser.choose(step, pass);
    this.workspace = workspace;
    workspace.require(choice.workspace());
  }

  @Override
  public void run() {
    pass.run(choice.algorithm(), workspace.pointer(), choice.workspace());
  }

  @Override
  public String subject() {
    return subject;
  }

  @Override
  public String choice() {
    return pass.name(choice.algorithm()) + ", workspace " + choice.workspace() + " B";
  }
}
