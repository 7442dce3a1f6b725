// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.backend.DeviceInfo;

/**
 * What a plan must know of a GPU.
 *
 * @param device id and description for people
 * @param multiprocessors number of SMs, which grids of reductions are made for
 */
public record GpuInfo(DeviceInfo device, int multiprocessors) {}
