// SPDX-License-Identifier: Apache-2.0
package org.nd4j.nativeblas;

/**
 * Stands in for a class that Deeplearning4j 1.0.0-M2.1's oneDNN helpers look up by name and ND4J
 * M2.1 has moved. Without it the helpers stay off, and training is three times as slow.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** What {@code BaseMKLDNNHelper.mklDnnEnabled} asks, by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /**
     * Returns the environment.
     *
     * @return the only one
     */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /**
     * Tells whether the helpers may be used.
     *
     * @return true
     */
    public boolean isUseMKLDNN() {
      return true;
    }
  }
}
