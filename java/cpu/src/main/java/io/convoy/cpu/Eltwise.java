// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

/**
 * One of oneDNN's functions of one number.
 *
 * @param algorithm {@code dnnl_eltwise_*}
 * @param alpha its first parameter
 * @param beta its second parameter
 */
record Eltwise(int algorithm, float alpha, float beta) {}
