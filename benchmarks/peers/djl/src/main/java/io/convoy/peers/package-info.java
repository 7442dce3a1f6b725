// SPDX-License-Identifier: Apache-2.0
/** DJL with PyTorch in the contest. */
package io.convoy.peers;
