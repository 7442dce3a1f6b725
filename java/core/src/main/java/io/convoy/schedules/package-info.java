// SPDX-License-Identifier: Apache-2.0
/** Learning-rate schedules: pure functions of the training step. */
package io.convoy.schedules;
