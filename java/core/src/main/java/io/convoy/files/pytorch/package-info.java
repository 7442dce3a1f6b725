// SPDX-License-Identifier: Apache-2.0
/** Weights as PyTorch has them: names and layouts of its {@code state_dict}, as safetensors. */
package io.convoy.files.pytorch;
