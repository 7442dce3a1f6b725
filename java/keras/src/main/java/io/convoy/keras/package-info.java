// SPDX-License-Identifier: Apache-2.0
/**
 * Networks and weights in Keras' formats. HDF5 files are read and written by jHDF; {@link
 * io.convoy.keras.H5Group} and {@link io.convoy.keras.H5Output} are all that call it.
 */
package io.convoy.keras;
