// SPDX-License-Identifier: Apache-2.0
/**
 * The CUDA backend: turns programs into steps for a GPU. Op for op it mirrors {@code
 * io.convoy.cpu}, file by file.
 */
package io.convoy.cuda;
