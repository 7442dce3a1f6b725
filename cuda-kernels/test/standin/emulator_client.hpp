// SPDX-License-Identifier: Apache-2.0
//
// The program emulator.cpp as a child of this process: its device memory and its kernels.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace standin {

using u32 = uint32_t;
using u64 = uint64_t;

class EmulatorClient {
 public:
  /** Starts the program; throws std::runtime_error if it can't. */
  explicit EmulatorClient(const std::string& program);
  EmulatorClient(const EmulatorClient&) = delete;

  /** All of these throw std::runtime_error with what the emulator has against it. */
  u64 allocate(u64 bytes, const std::string& what);
  void free(u64 address);
  void write(u64 address, const void* from, u64 bytes);
  void read(u64 address, void* into, u64 bytes);
  void fill(u64 address, unsigned char value, u64 bytes);
  void launch(const std::string& kernel, const u32 (&grid)[3], u32 block,
              const std::vector<u64>& arguments);

  /** A letter a parameter, see emulator.cpp, by name of the kernel. */
  const std::map<std::string, std::string>& signatures() const { return kernels; }

 private:
  int requests;
  int replies;
  std::map<std::string, std::string> kernels;

  std::string ask(u32 operation, const std::string& fields);
};

}  // namespace standin
