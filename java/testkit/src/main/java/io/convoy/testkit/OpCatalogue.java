// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

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
    cases.addAll(ActivationCases.all());
    return cases;
  }
}
