// SPDX-License-Identifier: Apache-2.0
/** The programs that the README shows. */
package io.convoy.examples;
