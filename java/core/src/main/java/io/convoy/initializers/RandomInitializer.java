// SPDX-License-Identifier: Apache-2.0
package io.convoy.initializers;

import io.convoy.random.Philox;
import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;

/**
 * Draws elements independently around 0. Uniform values have the limit sqrt(3 variance). Normal
 * values are not truncated.
 *
 * @param scale what {@code value} means
 * @param normal normal or uniform
 * @param value with {@link Scale#FIXED} the limit or the standard deviation; otherwise the variance
 *     times the fan
 */
public record RandomInitializer(Scale scale, boolean normal, float value) implements Initializer {
  /** What the spread depends on. */
  public enum Scale {
    /** Nothing. */
    FIXED,
    /** The number of inputs that one output sums up. */
    FAN_IN,
    /** The mean of the numbers of inputs and outputs. */
    FAN_AVERAGE
  }

  /** Elements that a block decides. */
  private static final int LANES = 4;

  /** Elements drawn at a time. */
  private static final int CHUNK = 1024;

  @Override
  public void fill(Shape shape, Philox generator, FloatBuffer out) {
    double spread = spread(shape);
    long elements = shape.elements();
    float[] chunk = new float[CHUNK];
    for (long begin = 0; begin < elements; begin += CHUNK) {
      for (int i = 0; i < CHUNK; i += LANES) {
        draw(generator, (begin + i) / LANES, spread, chunk, i);
      }
      out.put(chunk, 0, (int) Math.min(CHUNK, elements - begin));
    }
  }

  /** Short, since a run draws its first values before much is compiled. */
  private void draw(Philox generator, long block, double spread, float[] chunk, int at) {
    generator.block(block);
    for (int lane = 0; lane < LANES; lane++) {
      double unit = normal ? gaussian(generator, lane) : 2.0 * generator.uniform(lane) - 1;
      chunk[at + lane] = (float) (unit * spread);
    }
  }

  /** Box-Muller on words 0 and 1 for lanes 0 and 1, on words 2 and 3 for lanes 2 and 3. */
  private static double gaussian(Philox generator, int lane) {
    int pair = lane & 2;
    double radius = Math.sqrt(-2 * StrictMath.log(1 - generator.uniform(pair)));
    double angle = 2 * Math.PI * generator.uniform(pair + 1);
    return radius * ((lane & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
  }

  private double spread(Shape shape) {
    if (scale == Scale.FIXED) {
      return value;
    }
    double fan = scale == Scale.FAN_IN ? fanIn(shape) : (fanIn(shape) + fanOut(shape)) / 2.0;
    double variance = value / Math.max(1, fan);
    return Math.sqrt(normal ? variance : 3 * variance);
  }

  /** Keras' fans: of [in,out], and of [kh,kw,in,out] with the receptive field kh kw. */
  private static double fanIn(Shape shape) {
    return shape.rank() < 2 ? shape.elements() : field(shape) * shape.dim(-2);
  }

  private static double fanOut(Shape shape) {
    return shape.rank() < 2 ? shape.elements() : field(shape) * shape.dim(-1);
  }

  private static double field(Shape shape) {
    double product = 1;
    for (int i = 0; i < shape.rank() - 2; i++) {
      product *= shape.dim(i);
    }
    return product;
  }

  @Override
  public boolean isRandom() {
    return true;
  }
}
