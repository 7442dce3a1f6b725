// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/** All op cases. */
public final class OpCatalogue {
  private OpCatalogue() {}

  /**
   * Returns the catalogue.
   *
   * @return every case, family by family, with unique names
   */
  public static List<OpCase> cases() {
    List<OpCase> cases = new ArrayList<>();
    cases.addAll(ConvolutionCases.all());
    cases.addAll(MatMulCases.all());
    cases.addAll(BiasCases.all());
    cases.addAll(PoolingCases.all());
    cases.addAll(ActivationCases.all());
    cases.addAll(SoftmaxCases.all());
    cases.addAll(LossCases.all());
    cases.addAll(BinaryCases.all());
    cases.addAll(ReductionCases.all());
    cases.addAll(LayoutCases.all());
    cases.addAll(BatchNormCases.all());
    cases.addAll(LocalResponseCases.all());
    cases.addAll(DropoutCases.all());
    cases.addAll(AugmentCases.all());
    cases.addAll(RankingCases.all());
    cases.addAll(UpdateCases.all());
    cases.addAll(FusionCases.all());
    cases.addAll(BiasFusionCases.all());
    cases.addAll(PoolFusionCases.all());
    cases.addAll(BatchNormFusionCases.all());
    cases.addAll(LossFusionCases.all());
    cases.addAll(GatherCases.all(DType.FLOAT32));
    cases.addAll(FetchCases.all());
    cases.addAll(FilterCases.all());
    cases.addAll(NetCases.all());
    return cases;
  }

  /**
   * Returns cases whose ops work on tensors of 16 bits.
   *
   * @param type the type of those tensors
   * @return the cases, ordered as in the catalogue
   */
  public static List<OpCase> cases(DType type) {
    return HalfCases.all(type);
  }
}
