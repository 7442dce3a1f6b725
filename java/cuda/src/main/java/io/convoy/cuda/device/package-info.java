// SPDX-License-Identifier: Apache-2.0
/** What a plan asks of a GPU: steps as data, and the small interface that carries them out. */
package io.convoy.cuda.device;
