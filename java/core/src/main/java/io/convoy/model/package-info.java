// SPDX-License-Identifier: Apache-2.0
/** Networks of layers, and models: networks compiled for a device, trained, saved and loaded. */
package io.convoy.model;
