// SPDX-License-Identifier: Apache-2.0
package io.convoy.initializers;

/** The initializers, with Keras' names and defaults. */
public final class Initializers {
  private Initializers() {}

  /**
   * Makes all elements 0.
   *
   * @return the initializer
   */
  public static Initializer zeros() {
    return Initializer.constant(0);
  }

  /**
   * Makes all elements 1.
   *
   * @return the initializer
   */
  public static Initializer ones() {
    return Initializer.constant(1);
  }

  /**
   * Uniform in [-limit, limit].
   *
   * @param limit half the width
   * @return the initializer
   */
  public static Initializer randomUniform(float limit) {
    return new RandomInitializer(RandomInitializer.Scale.FIXED, false, limit);
  }

  /**
   * Normal around 0.
   *
   * @param stddev standard deviation
   * @return the initializer
   */
  public static Initializer randomNormal(float stddev) {
    return new RandomInitializer(RandomInitializer.Scale.FIXED, true, stddev);
  }

  /**
   * Uniform with variance 2 / (fan in + fan out) (Glorot and Bengio 2010).
   *
   * @return the initializer
   */
  public static Initializer glorotUniform() {
    return new RandomInitializer(RandomInitializer.Scale.FAN_AVERAGE, false, 1);
  }

  /**
   * Normal with variance 2 / (fan in + fan out) (Glorot and Bengio 2010).
   *
   * @return the initializer
   */
  public static Initializer glorotNormal() {
    return new RandomInitializer(RandomInitializer.Scale.FAN_AVERAGE, true, 1);
  }

  /**
   * Uniform with variance 2 / fan in (arXiv 1502.01852).
   *
   * @return the initializer
   */
  public static Initializer heUniform() {
    return new RandomInitializer(RandomInitializer.Scale.FAN_IN, false, 2);
  }

  /**
   * Normal with variance 2 / fan in (arXiv 1502.01852).
   *
   * @return the initializer
   */
  public static Initializer heNormal() {
    return new RandomInitializer(RandomInitializer.Scale.FAN_IN, true, 2);
  }
}
