// SPDX-License-Identifier: Apache-2.0
//
// What the stand-in for the driver offers to those for cuBLAS and cuDNN, which lie on top of it.
#pragma once

#include <cstdint>
#include <functional>

namespace standin __attribute__((visibility("default"))) {

/** Puts work on a stream of the driver's, or into the graph that records it. */
void put(void* stream, std::function<void()> work);

/** Whether a graph records the stream. */
bool isCapturing(void* stream);

/** Device memory; throws std::runtime_error where nothing is allocated. */
void read(uint64_t address, void* into, uint64_t bytes);
void write(uint64_t address, const void* from, uint64_t bytes);

}  // namespace standin
