// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

/** What files say about who wrote them. */
final class KerasVersion {
  /** The version of Keras that they are laid out for. */
  static final String NUMBER = "3.0.0";

  /** Keras 2 turns kernels around that come from Theano; Convoy's lie as TensorFlow's. */
  static final String BACKEND = "tensorflow";

  private KerasVersion() {}
}
