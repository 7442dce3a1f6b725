// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.ops.PoolSpec.Kind;

/** The layers, as functions with Keras' names in Java's spelling. */
public final class Layers {
  private Layers() {}

  /**
   * Where instances enter a network.
   *
   * @param shape the shape of one instance, such as 28, 28, 1
   * @return the layer
   */
  public static InputLayer input(int... shape) {
    return new InputLayer(shape);
  }

  /**
   * Convolution.
   *
   * @param filters output channels
   * @param kernelSize rows and columns of the kernel
   * @return the layer
   */
  public static Conv2D conv2D(int filters, int kernelSize) {
    return new Conv2D(filters, kernelSize, kernelSize);
  }

  /**
   * Convolution.
   *
   * @param filters output channels
   * @param kernelHeight rows of the kernel
   * @param kernelWidth columns of the kernel
   * @return the layer
   */
  public static Conv2D conv2D(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2D(filters, kernelHeight, kernelWidth);
  }

  /**
   * Depthwise convolution.
   *
   * @param kernelSize rows and columns of the kernel
   * @return the layer
   */
  public static DepthwiseConv2D depthwiseConv2D(int kernelSize) {
    return new DepthwiseConv2D(kernelSize, kernelSize);
  }

  /**
   * Transposed convolution.
   *
   * @param filters output channels
   * @param kernelSize rows and columns of the kernel
   * @return the layer
   */
  public static Conv2DTranspose conv2DTranspose(int filters, int kernelSize) {
    return new Conv2DTranspose(filters, kernelSize, kernelSize);
  }

  /**
   * Fully connected.
   *
   * @param units output features
   * @return the layer
   */
  public static Dense dense(int units) {
    return new Dense(units);
  }

  /**
   * Max pooling.
   *
   * @param poolSize rows and columns of the window, and the strides
   * @return the layer
   */
  public static Pooling2D maxPooling2D(int poolSize) {
    return new Pooling2D(Kind.MAX, poolSize, poolSize);
  }

  /**
   * Average pooling; padded elements don't count.
   *
   * @param poolSize rows and columns of the window, and the strides
   * @return the layer
   */
  public static Pooling2D averagePooling2D(int poolSize) {
    return new Pooling2D(Kind.AVERAGE, poolSize, poolSize);
  }

  /**
   * Min pooling.
   *
   * @param poolSize rows and columns of the window, and the strides
   * @return the layer
   */
  public static Pooling2D minPooling2D(int poolSize) {
    return new Pooling2D(Kind.MIN, poolSize, poolSize);
  }

  /**
   * Max pooling over the whole image.
   *
   * @return the layer
   */
  public static GlobalPooling2D globalMaxPooling2D() {
    return new GlobalPooling2D(Kind.MAX);
  }

  /**
   * Average pooling over the whole image.
   *
   * @return the layer
   */
  public static GlobalPooling2D globalAveragePooling2D() {
    return new GlobalPooling2D(Kind.AVERAGE);
  }

  /**
   * Dropout.
   *
   * @param rate share of dropped elements, from 0 to below 1
   * @return the layer
   */
  public static Dropout dropout(double rate) {
    return new Dropout((float) rate);
  }

  /**
   * Mirrors images at random while training.
   *
   * @param mode left to right, top to bottom, or both
   * @return the layer
   */
  public static RandomFlip randomFlip(FlipMode mode) {
    return new RandomFlip(mode);
  }

  /**
   * Puts zeros around images and cuts their former size out at random while training: a shift by
   * whole pixels.
   *
   * @param padding zeros at each side, in pixels
   * @return the layer
   */
  public static RandomChange randomCrop(int padding) {
    return new RandomChange(RandomChange.Kind.CROP, padding);
  }

  /**
   * Shifts images at random while training; what comes in from outside is 0.
   *
   * @param factor largest shift, as a share of height and width, from 0 to 1
   * @return the layer
   */
  public static RandomChange randomTranslation(double factor) {
    return new RandomChange(RandomChange.Kind.TRANSLATION, (float) factor);
  }

  /**
   * Turns images about their centre at random while training; what comes in from outside is 0.
   *
   * @param factor largest angle to both sides, as a share of a full turn, from 0 to 1
   * @return the layer
   */
  public static RandomChange randomRotation(double factor) {
    return new RandomChange(RandomChange.Kind.ROTATION, (float) factor);
  }

  /**
   * Zooms into and out of images at random while training; what comes in from outside is 0.
   *
   * @param factor by how much more or less is seen at most, as a share, from 0 to below 1
   * @return the layer
   */
  public static RandomChange randomZoom(double factor) {
    return new RandomChange(RandomChange.Kind.ZOOM, (float) factor);
  }

  /**
   * Changes the distance of pixels to their channel's mean at random while training. Pixels are
   * kept in [0, 1].
   *
   * @param factor largest change, as a share, from 0 to 1
   * @return the layer
   */
  public static RandomChange randomContrast(double factor) {
    return new RandomChange(RandomChange.Kind.CONTRAST, (float) factor);
  }

  /**
   * Makes images brighter or darker at random while training. Pixels are kept in [0, 1].
   *
   * @param factor largest number that is added to pixels, from 0 to 1
   * @return the layer
   */
  public static RandomChange randomBrightness(double factor) {
    return new RandomChange(RandomChange.Kind.BRIGHTNESS, (float) factor);
  }

  /**
   * Sets a square of each image to 0 while training, also called cutout. Its centre lies anywhere
   * in the image.
   *
   * @param size side of the square, in pixels
   * @return the layer
   */
  public static RandomChange randomErasing(int size) {
    return new RandomChange(RandomChange.Kind.ERASING, size);
  }

  /**
   * Mixes each instance of a batch, and its label, with another one while training.
   *
   * @param alpha of the beta distribution that shares are drawn from, above 0, at most 4
   * @return the layer
   */
  public static MixUp mixUp(double alpha) {
    return new MixUp((float) alpha);
  }

  /**
   * Batch normalisation.
   *
   * @return the layer
   */
  public static BatchNormalization batchNormalization() {
    return new BatchNormalization();
  }

  /**
   * Local response normalisation across channels.
   *
   * @return the layer
   */
  public static LocalResponseNormalization localResponseNormalization() {
    return new LocalResponseNormalization();
  }

  /**
   * One row an instance.
   *
   * @return the layer
   */
  public static Flatten flatten() {
    return new Flatten();
  }

  /**
   * The same elements under another shape.
   *
   * @param target the new shape of one instance
   * @return the layer
   */
  public static Reshape reshape(int... target) {
    return new Reshape(target);
  }

  /**
   * An activation as a layer of its own.
   *
   * @param function which
   * @return the layer
   */
  public static Activation activation(ActivationFunction function) {
    return new Activation(function);
  }

  /**
   * The sum of branches.
   *
   * @return the layer
   */
  public static Merge add() {
    return new Merge(Merge.Kind.ADD);
  }

  /**
   * The product of branches.
   *
   * @return the layer
   */
  public static Merge multiply() {
    return new Merge(Merge.Kind.MULTIPLY);
  }

  /**
   * Branches side by side in the channels.
   *
   * @return the layer
   */
  public static Concatenate concatenate() {
    return new Concatenate();
  }

  /**
   * Zeros around images.
   *
   * @param all rows above and below, columns left and right
   * @return the layer
   */
  public static ZeroPadding2D zeroPadding2D(int all) {
    return new ZeroPadding2D(all, all, all, all);
  }
}
