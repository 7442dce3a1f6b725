// SPDX-License-Identifier: Apache-2.0
/**
 * Event files that TensorBoard shows. The few protocol buffers they hold are written by hand, with
 * the field numbers of TensorFlow's {@code .proto} files.
 */
package io.convoy.tensorboard;
