// SPDX-License-Identifier: Apache-2.0
/** TensorFlow's sessions: a graph on a device, run by fetches and feeds. */
package io.convoy.session;
