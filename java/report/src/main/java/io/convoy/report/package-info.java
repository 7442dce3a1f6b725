// SPDX-License-Identifier: Apache-2.0
/** Looks at networks and runs: drawings, charts, pictures, and a page of HTML that holds them. */
package io.convoy.report;
