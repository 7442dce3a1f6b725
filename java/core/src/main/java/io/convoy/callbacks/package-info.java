// SPDX-License-Identifier: Apache-2.0
/** What happens beside training: progress, checkpoints, and one's own. */
package io.convoy.callbacks;
