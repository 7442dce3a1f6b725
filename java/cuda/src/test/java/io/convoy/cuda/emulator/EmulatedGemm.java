// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.GemmStep;

/** The row-major matrix product. */
final class EmulatedGemm {
  private EmulatedGemm() {}

  static void run(GemmStep s, Emulator emulator) {
    double[] a = DeviceFloats.factor(emulator, s.precision(), s.a(), s.m(), s.k());
    double[] b = DeviceFloats.factor(emulator, s.precision(), s.b(), s.k(), s.n());
    double[] c = DeviceFloats.zeros(s.result(), s.c(), s.m(), s.n());
    for (int i = 0; i < s.m(); i++) {
      for (int j = 0; j < s.n(); j++) {
        for (int k = 0; k < s.k(); k++) {
          double left = a[s.transposeA() ? k * s.m() + i : i * s.k() + k];
          double right = b[s.transposeB() ? j * s.k() + k : k * s.n() + j];
          c[i * s.n() + j] += left * right;
        }
      }
    }
    DeviceFloats.write(emulator, s.result(), s.c(), c);
  }
}
