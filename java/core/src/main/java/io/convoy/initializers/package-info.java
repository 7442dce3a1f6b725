// SPDX-License-Identifier: Apache-2.0
/** First values of variables, with Keras' names. */
package io.convoy.initializers;
