// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.Epilogue;
import java.util.Optional;

/**
 * What a step may be computed by, each with what follows the convolution.
 *
 * @param algorithms of the legacy API
 * @param engines of the graph API, for the convolution
 * @param fused of the graph API, for the convolution and what follows, if anything does
 */
record Offers(ConvolutionPass algorithms, GraphEngines engines, Optional<GraphEngines> fused) {
  /**
   * What there is on a GPU.
   *
   * @param owner of descriptors
   */
  static Offers of(ConvolutionStep step, JCudaGpu gpu, Resources owner) {
    ConvolutionPass algorithms = ConvolutionPass.of(step, gpu, owner);
    BackendDescriptors make =
        new BackendDescriptors(Optional.of(gpu.cudnn()), gpu.attributes(), step.describe(), owner);
    GraphEngines engines = new CudnnEngines(step, false, make);
    if (step.epilogue().isEmpty()) {
      return new Offers(algorithms, engines, Optional.empty());
    }
    Epilogue epilogue = step.epilogue().get();
    Follower kernel = Follower.of(epilogue.kernel(), gpu);
    GraphEngines fused = new CudnnEngines(step, true, make);
    return new Offers(
        kernel.behind(algorithms),
        kernel.behind(engines),
        Optional.of(
            epilogue.rest().map(rest -> Follower.of(rest, gpu).behind(fused)).orElse(fused)));
  }
}
