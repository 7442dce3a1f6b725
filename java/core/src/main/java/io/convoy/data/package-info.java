// SPDX-License-Identifier: Apache-2.0
/** Labelled data for training: datasets in memory, readers, splits, shuffling. */
package io.convoy.data;
