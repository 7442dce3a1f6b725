// SPDX-License-Identifier: Apache-2.0
package io.convoy.contest;

import java.util.Locale;

/** The nets that are compared. All have 10 classes. */
public enum Net {
  /**
   * Conv 32 3x3 ReLU, max pool 2, conv 64 3x3 ReLU, max pool 2, dropout 0.2, dense 1024 ReLU, dense
   * 10; convolutions VALID.
   */
  WORKSHOP(28, 1, 128, 1_668_490),
  /**
   * Conv 6 5x5 SAME tanh, average pool 2, conv 16 5x5 VALID tanh, average pool 2, dense 120 tanh,
   * dense 84 tanh, dense 10.
   */
  LENET5(28, 1, 128, 61_706),
  /** Dense 512 ReLU, dense 256 ReLU, dense 10. */
  MLP(28, 1, 128, 535_818),
  /** ResNet-18 with a 3x3 stem, option B shortcuts and padding 1 on every side. */
  RESNET18(32, 3, 64, 11_173_962);

  /** The number of classes of every net. */
  public static final int CLASSES = 10;

  private final int side;
  private final int channels;
  private final int batch;
  private final long parameters;

  Net(int side, int channels, int batch, long parameters) {
    this.side = side;
    this.channels = channels;
    this.batch = batch;
    this.parameters = parameters;
  }

  /**
   * Finds a net.
   *
   * @param name its lower-case name
   * @return the net
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Net byName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Returns the name.
   *
   * @return in lower case, as in Convoy's zoo
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the size of the image.
   *
   * @return rows, and columns
   */
  public int side() {
    return side;
  }

  /**
   * Returns the number of channels of the image.
   *
   * @return 1 for grey, 3 for colour
   */
  public int channels() {
    return channels;
  }

  /**
   * Returns the size of one image.
   *
   * @return number of floats
   */
  public int pixels() {
    return side * side * channels;
  }

  /**
   * Returns the batch size of the headline.
   *
   * @return images a step
   */
  public int batch() {
    return batch;
  }

  /**
   * Returns what proves that two frameworks built the same net.
   *
   * @return number of trainable parameters
   */
  public long parameters() {
    return parameters;
  }
}
