// SPDX-License-Identifier: Apache-2.0
/** The {@code convoy} command: one class a command, and what they share. */
package io.convoy.cli;
