// SPDX-License-Identifier: Apache-2.0
/** Files that are written whole or not at all, and tensors in safetensors format. */
package io.convoy.files;
