// SPDX-License-Identifier: Apache-2.0
/** Value types of tensors: element types, shapes, and dense host tensors. */
package io.convoy.tensor;
