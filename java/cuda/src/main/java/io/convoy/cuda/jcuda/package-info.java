// SPDX-License-Identifier: Apache-2.0
/**
 * Real GPUs, through JCuda: the only package that names it. What can be decided without native code
 * (where libraries lie, what a failure means, which algorithm to take, what is cached) is apart
 * from what calls it, so that it is tested without a GPU.
 */
package io.convoy.cuda.jcuda;
