// SPDX-License-Identifier: Apache-2.0
/** Deeplearning4j in the contest. */
package io.convoy.peers;
