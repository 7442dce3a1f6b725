// SPDX-License-Identifier: Apache-2.0
/** TensorFlow Java in the contest. */
package io.convoy.peers;
