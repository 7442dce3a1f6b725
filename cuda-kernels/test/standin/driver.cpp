// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcuda.so.1: the functions of CUDA's driver that java/cuda calls, with one GPU
// whose memory and kernels are emulator.cpp's. So JCuda, and all that java/cuda does with it, runs
// on a machine without a GPU. Stricter than CUDA:
//   - no call without a current context,
//   - of every second context the first stream runs at once, all others when somebody waits
//     (streams.hpp): work that is in no order by events comes in the wrong one,
//   - copies to and from the host go by registered memory only,
//   - a kernel is recorded in a graph only after it was launched plainly, which older drivers with
//     lazy loading demand.
// What goes wrong is told on standard error, too.
#include <dlfcn.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <set>

#include "device.hpp"
#include "emulator_client.hpp"
#include "streams.hpp"

using namespace standin;

#define API extern "C" __attribute__((visibility("default")))

namespace {

constexpr u64 MEMORY = 96 << 20;  // of the GPU, in bytes
constexpr int VERSION = 12080;     // CUDA 12.8
constexpr u64 ALIGNMENT = 256;
constexpr u32 FATBIN = 0xBA55ED50;

struct Kernel {
  std::string name;
  std::string types;
  bool launched = false;
};

/** All that the driver knows, but for streams and events, which are the handles themselves. */
struct Driver {
  EmulatorClient emulator;
  std::map<u64, u64> allocations;           // bytes, by address
  std::map<uintptr_t, uintptr_t> registered;  // end of host memory, by its begin
  std::map<std::string, Kernel> kernels;
  std::set<Stream*> streams;
  int modules = 0;
  int contexts = 0;  // that were ever retained
  int sticky = 0;  // what made the context unusable

  Driver() : emulator(program()) {
    for (const auto& kernel : emulator.signatures()) {
      kernels[kernel.first] = {kernel.first, kernel.second};
    }
  }

  /** The emulator lies in the folder above this library's. */
  static std::string program() {
    Dl_info self;
    dladdr(reinterpret_cast<void*>(&program), &self);
    std::string file = self.dli_fname;
    return file.substr(0, file.rfind('/')) + "/../emulator";
  }

  u64 freeBytes() const {
    u64 used = 0;
    for (const auto& allocation : allocations) used += allocation.second;
    return MEMORY - used;
  }

  void runAll() {
    for (Stream* stream : streams) stream->run(stream->end());
  }
};

std::recursive_mutex mutex;
int context;  // its address is the handle
thread_local void* current = nullptr;

Driver& driver() {
  static Driver* made = new Driver();  // never destroyed: the JVM's threads outlive static objects
  return *made;
}

/** Runs a call and turns what it throws into a status; what the GPU did wrong stays. */
template <class Call>
int guarded(const char* name, Call call) {
  std::lock_guard<std::recursive_mutex> lock(mutex);
  try {
    call();
    return 0;
  } catch (const Failure& e) {
    return e.status;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "stand-in for CUDA: %s: %s\n", name, e.what());
    return driver().sticky = LAUNCH_FAILED;
  }
}

/** As guarded, with a context and no error before. */
template <class Call>
int inContext(const char* name, Call call) {
  return guarded(name, [&] {
    if (current == nullptr) throw Failure(INVALID_CONTEXT, name);
    if (driver().sticky != 0) throw Failure(driver().sticky, name);
    call();
  });
}

/** As inContext, for what a thread that records a stream must not call. */
template <class Call>
int outsideCapture(const char* name, Call call) {
  return inContext(name, [&] {
    if (recorded() != nullptr) recorded()->spoil(name);
    call();
  });
}

Stream& stream(void* handle) {
  auto* stream = static_cast<Stream*>(handle);
  if (driver().streams.count(stream) == 0) throw Failure(INVALID_HANDLE, "no such stream");
  return *stream;
}

void requireRegistered(const void* host, u64 bytes) {
  auto begin = reinterpret_cast<uintptr_t>(host);
  auto next = driver().registered.upper_bound(begin);
  if (next == driver().registered.begin() || std::prev(next)->second < begin + bytes) {
    throw Failure(INVALID_VALUE, "memory of the host that is not registered");
  }
}

void copyOnDevice(u64 to, u64 from, u64 bytes) {
  std::vector<char> values(bytes);
  driver().emulator.read(from, values.data(), bytes);
  driver().emulator.write(to, values.data(), bytes);
}

/** The values of a kernel's arguments, as wide as its parameters are. */
std::vector<u64> values(const Kernel& kernel, void** arguments) {
  std::vector<u64> values;
  for (char type : kernel.types) {
    u64 value = 0;
    std::memcpy(&value, arguments[values.size()], type == 'p' || type == 'l' ? 8 : 4);
    values.push_back(value);
  }
  return values;
}

}  // namespace

namespace standin {

void put(void* handle, std::function<void()> work) {
  std::lock_guard<std::recursive_mutex> lock(mutex);
  stream(handle).put(std::move(work));
}

bool isCapturing(void* handle) {
  std::lock_guard<std::recursive_mutex> lock(mutex);
  return stream(handle).isCapturing();
}

void read(uint64_t address, void* into, uint64_t bytes) {
  driver().emulator.read(address, into, bytes);
}

void write(uint64_t address, const void* from, uint64_t bytes) {
  driver().emulator.write(address, from, bytes);
}

}  // namespace standin

// ------------------------------------------------------------------------- the driver and its GPU

API int cuInit(unsigned) {
  return guarded("cuInit", [] { driver(); });
}

API int cuDriverGetVersion(int* version) {
  *version = VERSION;
  return 0;
}

API int cuGetErrorName(int status, const char** name) {
  static const std::map<int, const char*> NAMES = {
      {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE"},
      {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY"},
      {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT"},
      {INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE"},
      {NOT_FOUND, "CUDA_ERROR_NOT_FOUND"},
      {NOT_READY, "CUDA_ERROR_NOT_READY"},
      {ALREADY_REGISTERED, "CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED"},
      {NOT_REGISTERED, "CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED"},
      {LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED"},
      {CAPTURE_UNSUPPORTED, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED"},
      {CAPTURE_INVALIDATED, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED"},
  };
  auto found = NAMES.find(status);
  *name = found == NAMES.end() ? nullptr : found->second;
  return found == NAMES.end() ? INVALID_VALUE : 0;
}

API int cuDeviceGetCount(int* count) {
  *count = 1;
  return 0;
}

API int cuDeviceGet(int* device, int index) {
  *device = index;
  return index == 0 ? 0 : INVALID_VALUE;
}

API int cuDeviceGetName(char* name, int length, int) {
  std::snprintf(name, length, "Convoy's stand-in for a GPU");
  return 0;
}

API int cuDeviceTotalMem_v2(size_t* bytes, int) {
  *bytes = MEMORY;
  return 0;
}

API int cuDeviceGetAttribute(int* value, int attribute, int) {
  static const std::map<int, int> VALUES = {
      {16, 4},  // multiprocessors: few, so that small tensors get several parts already
      {75, 9},  // compute capability 9.0
      {76, 0},
  };
  auto found = VALUES.find(attribute);
  if (found == VALUES.end()) return INVALID_VALUE;
  *value = found->second;
  return 0;
}

API int cuDevicePrimaryCtxRetain(void** made, int) {
  std::lock_guard<std::recursive_mutex> lock(mutex);
  driver().contexts++;
  *made = &context;
  return 0;
}

API int cuDevicePrimaryCtxRelease_v2(int) { return 0; }

API int cuCtxSetCurrent(void* made) {
  current = made;
  return 0;
}

// -------------------------------------------------------------------------------------- memory

API int cuMemGetInfo_v2(size_t* free, size_t* total) {
  return inContext("cuMemGetInfo", [&] {
    *free = driver().freeBytes();
    *total = MEMORY;
  });
}

API int cuMemAlloc_v2(u64* address, size_t bytes) {
  return outsideCapture("cuMemAlloc", [&] {
    if (bytes == 0) throw Failure(INVALID_VALUE, "an allocation of no bytes");
    if (bytes > driver().freeBytes()) throw Failure(OUT_OF_MEMORY, "cuMemAlloc");
    u64 whole = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    *address = driver().emulator.allocate(whole, std::to_string(bytes) + " B by cuMemAlloc");
    driver().allocations[*address] = whole;
  });
}

API int cuMemFree_v2(u64 address) {
  return outsideCapture("cuMemFree", [&] {
    driver().runAll();
    if (driver().allocations.erase(address) == 0) throw Failure(INVALID_VALUE, "cuMemFree");
    driver().emulator.free(address);
  });
}

API int cuMemHostRegister_v2(void* host, size_t bytes, unsigned) {
  return outsideCapture("cuMemHostRegister", [&] {
    auto begin = reinterpret_cast<uintptr_t>(host);
    auto next = driver().registered.upper_bound(begin);
    bool overlaps = (next != driver().registered.end() && next->first < begin + bytes) ||
                    (next != driver().registered.begin() && std::prev(next)->second > begin);
    if (overlaps) throw Failure(ALREADY_REGISTERED, "cuMemHostRegister");
    driver().registered[begin] = begin + bytes;
  });
}

API int cuMemHostUnregister(void* host) {
  return outsideCapture("cuMemHostUnregister", [&] {
    driver().runAll();
    if (driver().registered.erase(reinterpret_cast<uintptr_t>(host)) == 0) {
      throw Failure(NOT_REGISTERED, "cuMemHostUnregister");
    }
  });
}

API int cuMemAllocHost_v2(void** made, size_t bytes) {
  return outsideCapture("cuMemAllocHost", [&] {
    *made = std::calloc(1, bytes);
    auto begin = reinterpret_cast<uintptr_t>(*made);
    driver().registered[begin] = begin + bytes;
  });
}

API int cuMemFreeHost(void* host) {
  return outsideCapture("cuMemFreeHost", [&] {
    driver().runAll();
    if (driver().registered.erase(reinterpret_cast<uintptr_t>(host)) == 0) {
      throw Failure(INVALID_VALUE, "cuMemFreeHost");
    }
    std::free(host);
  });
}

API int cuMemsetD8Async(u64 address, unsigned char value, size_t bytes, void* on) {
  return inContext("cuMemsetD8Async", [&] {
    stream(on).put([=] { driver().emulator.fill(address, value, bytes); });
  });
}

API int cuMemcpyHtoDAsync_v2(u64 to, const void* from, size_t bytes, void* on) {
  return inContext("cuMemcpyHtoDAsync", [&] {
    requireRegistered(from, bytes);
    stream(on).put([=] { driver().emulator.write(to, from, bytes); });
  });
}

API int cuMemcpyDtoHAsync_v2(void* to, u64 from, size_t bytes, void* on) {
  return inContext("cuMemcpyDtoHAsync", [&] {
    requireRegistered(to, bytes);
    stream(on).put([=] { driver().emulator.read(from, to, bytes); });
  });
}

API int cuMemcpyDtoDAsync_v2(u64 to, u64 from, size_t bytes, void* on) {
  return inContext("cuMemcpyDtoDAsync",
                   [&] { stream(on).put([=] { copyOnDevice(to, from, bytes); }); });
}

// --------------------------------------------------------------------------- streams and events

API int cuStreamCreate(void** made, unsigned) {
  return outsideCapture("cuStreamCreate", [&] {
    auto* stream = new Stream(driver().streams.empty() && driver().contexts % 2 == 0);
    driver().streams.insert(stream);
    *made = stream;
  });
}

API int cuStreamDestroy_v2(void* on) {
  return outsideCapture("cuStreamDestroy", [&] {
    Stream& old = stream(on);
    old.run(old.end());
    driver().streams.erase(&old);
    delete &old;
  });
}

API int cuStreamSynchronize(void* on) {
  return inContext("cuStreamSynchronize", [&] { stream(on).run(stream(on).end()); });
}

API int cuStreamWaitEvent(void* on, void* event, unsigned) {
  return inContext("cuStreamWaitEvent",
                   [&] { static_cast<const Event*>(event)->holdBack(stream(on)); });
}

API int cuEventCreate(void** made, unsigned flags) {
  constexpr unsigned DISABLE_TIMING = 2;
  return inContext("cuEventCreate", [&] { *made = new Event((flags & DISABLE_TIMING) == 0); });
}

API int cuEventDestroy_v2(void* event) {
  return inContext("cuEventDestroy", [&] { delete static_cast<Event*>(event); });
}

API int cuEventRecord(void* event, void* on) {
  return inContext("cuEventRecord", [&] { static_cast<Event*>(event)->record(stream(on)); });
}

API int cuEventSynchronize(void* event) {
  return outsideCapture("cuEventSynchronize", [&] { static_cast<Event*>(event)->wait(); });
}

API int cuEventElapsedTime(float* milliseconds, void* from, void* to) {
  return inContext("cuEventElapsedTime", [&] {
    *milliseconds = static_cast<Event*>(to)->millisecondsSince(*static_cast<Event*>(from));
  });
}

// --------------------------------------------------------------------------------------- graphs

API int cuStreamBeginCapture_v2(void* on, int) {
  return outsideCapture("cuStreamBeginCapture", [&] { stream(on).beginCapture(); });
}

API int cuStreamIsCapturing(void* on, int* status) {
  return inContext("cuStreamIsCapturing", [&] {
    *status = !stream(on).isCapturing() ? 0 : stream(on).isSpoiled() ? 2 : 1;
  });
}

API int cuStreamEndCapture(void* on, void** graph) {
  return inContext("cuStreamEndCapture", [&] { *graph = new Graph(stream(on).endCapture()); });
}

API int cuGraphInstantiateWithFlags(void** made, void* graph, unsigned long long) {
  return outsideCapture("cuGraphInstantiate",
                        [&] { *made = new Graph(*static_cast<Graph*>(graph)); });
}

API int cuGraphDestroy(void* graph) {
  return inContext("cuGraphDestroy", [&] { delete static_cast<Graph*>(graph); });
}

API int cuGraphExecDestroy(void* executable) {
  return inContext("cuGraphExecDestroy", [&] {
    driver().runAll();
    delete static_cast<Graph*>(executable);
  });
}

API int cuGraphLaunch(void* executable, void* on) {
  return inContext("cuGraphLaunch", [&] {
    stream(on).put([graph = static_cast<Graph*>(executable)] {
      for (const Work& work : graph->work) work();
    });
  });
}

// -------------------------------------------------------------------------------------- kernels

API int cuModuleLoadData(void** made, const void* image) {
  return outsideCapture("cuModuleLoadData", [&] {
    u32 magic;
    std::memcpy(&magic, image, sizeof(magic));
    if (magic != FATBIN) throw Failure(INVALID_VALUE, "no fatbin");
    *made = &driver().modules;
  });
}

API int cuModuleUnload(void*) {
  return outsideCapture("cuModuleUnload", [] { driver().runAll(); });
}

API int cuModuleGetFunction(void** made, void*, const char* name) {
  return inContext("cuModuleGetFunction", [&] {
    auto found = driver().kernels.find(name);
    if (found == driver().kernels.end()) throw Failure(NOT_FOUND, name);
    *made = &found->second;
  });
}

API int cuLaunchKernel(void* function, unsigned gridX, unsigned gridY, unsigned gridZ,
                       unsigned blockX, unsigned blockY, unsigned blockZ, unsigned shared, void* on,
                       void** arguments, void**) {
  return inContext("cuLaunchKernel", [&] {
    auto& kernel = *static_cast<Kernel*>(function);
    if (stream(on).isCapturing() && !kernel.launched) stream(on).spoil(kernel.name.c_str());
    if (blockY != 1 || blockZ != 1 || shared != 0) throw Failure(INVALID_VALUE, "no such block");
    kernel.launched = true;
    stream(on).put([&kernel, grid = std::array<u32, 3>{gridX, gridY, gridZ}, blockX,
                    values = values(kernel, arguments)] {
      driver().emulator.launch(kernel.name, {grid[0], grid[1], grid[2]}, blockX, values);
    });
  });
}
