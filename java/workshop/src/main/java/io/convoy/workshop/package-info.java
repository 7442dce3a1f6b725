// SPDX-License-Identifier: Apache-2.0
/** What the workshop's notebooks need besides Convoy: pictures in the output of a cell. */
package io.convoy.workshop;
