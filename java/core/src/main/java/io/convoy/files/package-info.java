// SPDX-License-Identifier: Apache-2.0
/** Files that are written whole or not at all, tensors in safetensors format, the user's cache. */
package io.convoy.files;
