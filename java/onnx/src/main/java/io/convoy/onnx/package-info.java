// SPDX-License-Identifier: Apache-2.0
/**
 * Networks in ONNX format. The protocol buffers are written by hand, with the field numbers of
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 */
package io.convoy.onnx;
