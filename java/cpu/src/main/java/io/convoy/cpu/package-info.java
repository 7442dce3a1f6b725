// SPDX-License-Identifier: Apache-2.0
/**
 * The CPU backend. Convolutions, matrix products, pooling, normalisation and element-wise functions
 * are oneDNN primitives; losses, dropout masks and optimizers are loops of ours over the same
 * memory. One file per op family, named as in the reference backend.
 */
package io.convoy.cpu;
