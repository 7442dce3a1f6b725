// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

/**
 * What a device is.
 *
 * @param id what {@code --device} takes, such as {@code cpu} or {@code cuda:0}
 * @param description one line for people: hardware, libraries and their versions, threads
 */
public record DeviceInfo(String id, String description) {}
