// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.testkit.TrainingCurve;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole nets still learn as recorded, on this processor too. */
class TrainingCurveTest {
  @ParameterizedTest
  @EnumSource
  void lossesAreThoseRecorded(TrainingCurve curve) throws IOException {
    double[] expected = curve.recorded();
    double[] actual = curve.losses("cpu");
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double delta = TrainingCurve.TOLERANCE * expected[i];
      assertEquals(expected[i], actual[i], delta, "step " + (i + 1));
    }
  }
}
