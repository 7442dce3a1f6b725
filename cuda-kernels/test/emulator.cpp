// SPDX-License-Identifier: Apache-2.0
//
// A GPU for the tests of java/cuda: a program that keeps device memory and launches kernels on the
// machine of simt.hpp, as it is asked through its standard input, until that ends.
//
// Request: u64 bytes behind this number, u32 operation, fields
// Reply:   u64 bytes behind this number, u32 status, fields; status 1: what is wrong, as text
//          without its length
// All numbers are little-endian; text is its u32 length and UTF-8. Operations:
//   0 allocate    u64 bytes, text what -> u64 address. Zeros, which count as written; a multiple of
//                 256, between guards. Only whole 2-byte elements.
//   1 free        u64 address
//   2 write       u64 address, then what is written
//   3 read        u64 address, u64 bytes -> these
//   4 launch      text kernel, u32 grid x, y, z, u32 block, u32 arguments, u64 each (32-bit ones in
//                 the low half), u32 ranges, each u64 address, u64 bytes, u32 1 to read, 2 to
//                 write, 3 both: all that the kernel may touch, or everything if there are none
//                 -> u32 a range: what was done with it. What the memory checker finds is an error.
//   5 signatures  -> a line a kernel: name, space, a letter a parameter: p pointer, l 64-bit or i
//                 32-bit integer, f float
//   6 fill        u64 address, u64 bytes, u32 value of each of them
#include "simt.hpp"

#include "../src/activation.cu"
#include "../src/assign.cu"
#include "../src/augment.cu"
#include "../src/batch_norm.cu"
#include "../src/batch_norm_activation.cu"
#include "../src/bias.cu"
#include "../src/bias_pool.cu"
#include "../src/binary.cu"
#include "../src/cast.cu"
#include "../src/copy.cu"
#include "../src/dropout.cu"
#include "../src/gather.cu"
#include "../src/in_top_k.cu"
#include "../src/loss_scale.cu"
#include "../src/lrn.cu"
#include "../src/norm.cu"
#include "../src/one_hot.cu"
#include "../src/pool.cu"
#include "../src/random_quantile.cu"
#include "../src/rate.cu"
#include "../src/reduce.cu"
#include "../src/sigmoid_cross_entropy.cu"
#include "../src/softmax.cu"
#include "../src/softmax_cross_entropy.cu"
#include "../src/update.cu"

#include <cstdio>
#include <map>
#include <memory>

namespace {

// --------------------------------------------------------------------------------- the kernels

struct Kernel {
  std::string types;
  std::function<void(simt::Dim grid, simt::Dim block, const std::vector<u64>& slots)> launch;
};

template <class P>
constexpr char letter() {
  static_assert(sizeof(P) == 4 || sizeof(P) == 8, "a slot");
  return std::is_pointer<P>::value            ? 'p'
         : std::is_floating_point<P>::value   ? 'f'
         : sizeof(P) == sizeof(unsigned long) ? 'l'
                                              : 'i';
}

template <class P>
P fromSlot(u64 slot) {
  P value;
  std::memcpy(&value, &slot, sizeof(P));
  return value;
}

template <class... P, size_t... I>
Kernel describe(void (*kernel)(P...), std::index_sequence<I...>) {
  auto launch = [kernel](simt::Dim grid, simt::Dim block, const std::vector<u64>& slots) {
    simt::launch(grid, block, kernel, fromSlot<P>(slots[I])...);
  };
  return {{letter<P>()...}, launch};
}

template <class... P>
Kernel describe(void (*kernel)(P...)) {
  return describe(kernel, std::index_sequence_for<P...>());
}

#define ENTRY(kernel) {#kernel, describe(kernel)}
#define TYPED(kernel) ENTRY(kernel##_f32), ENTRY(kernel##_bf16), ENTRY(kernel##_f16)
const std::map<std::string, Kernel> KERNEL_TABLE = {
    TYPED(activation_backward),
    TYPED(activation_bias_backward),
    TYPED(activation_forward),
    TYPED(assign_forward),
    TYPED(avg_pool_backward),
    TYPED(avg_pool_forward),
    TYPED(batch_norm_activation_backward),
    TYPED(batch_norm_activation_forward),
    TYPED(batch_norm_activation_parameters_backward),
    TYPED(batch_norm_backward),
    TYPED(batch_norm_forward),
    TYPED(batch_norm_parameters_backward),
    TYPED(batch_norm_residual_parameters_backward),
    TYPED(batch_norm_statistics),
    TYPED(bias_activation_forward),
    TYPED(bias_avg_pool_forward),
    TYPED(bias_backward),
    TYPED(bias_forward),
    TYPED(bias_max_pool_forward),
    TYPED(bias_min_pool_forward),
    TYPED(binary_forward),
    TYPED(dropout_forward),
    TYPED(extreme_pool_backward),
    TYPED(gather_forward),
    TYPED(global_norm_forward),
    TYPED(lrn_backward),
    TYPED(lrn_forward),
    TYPED(max_pool_forward),
    TYPED(min_pool_forward),
    TYPED(taken_pool_backward),
    TYPED(taken_pool_bias_backward),
    TYPED(update_adam),
    TYPED(update_rmsprop),
    TYPED(update_sgd),
    ENTRY(assign_forward_i32),
    ENTRY(assign_sums_forward),
    ENTRY(augment_forward_f32),
    ENTRY(batch_norm_moments_f32),
    ENTRY(cast_forward_bf16_f32),
    ENTRY(cast_forward_f16_f32),
    ENTRY(cast_forward_f32_bf16),
    ENTRY(cast_forward_f32_f16),
    ENTRY(cast_segments_forward_f32_bf16),
    ENTRY(cast_segments_forward_f32_f16),
    ENTRY(copy_forward_b16),
    ENTRY(copy_forward_b32),
    ENTRY(in_top_k_forward_f32_dense),
    ENTRY(in_top_k_forward_f32_sparse),
    ENTRY(loss_scaling_forward_f32),
    ENTRY(moving_average_forward_f32),
    ENTRY(one_hot_forward_f32_dense),
    ENTRY(one_hot_forward_f32_sparse),
    ENTRY(pad_forward_b16),
    ENTRY(pad_forward_b32),
    ENTRY(random_quantile_forward_f32),
    ENTRY(reduce_backward_f32),
    ENTRY(reduce_forward_f32_columns),
    ENTRY(reduce_forward_f32_rows),
    ENTRY(reduce_forward_f32_split),
    ENTRY(scheduled_rate_forward_f32),
    ENTRY(sigmoid_cross_entropy_forward_f32),
    ENTRY(softmax_backward_f32),
    ENTRY(softmax_backward_f32_wide),
    ENTRY(softmax_cross_entropy_forward_bf16_dense),
    ENTRY(softmax_cross_entropy_forward_bf16_dense_wide),
    ENTRY(softmax_cross_entropy_forward_bf16_sparse),
    ENTRY(softmax_cross_entropy_forward_bf16_sparse_wide),
    ENTRY(softmax_cross_entropy_forward_f16_dense),
    ENTRY(softmax_cross_entropy_forward_f16_dense_wide),
    ENTRY(softmax_cross_entropy_forward_f16_sparse),
    ENTRY(softmax_cross_entropy_forward_f16_sparse_wide),
    ENTRY(softmax_cross_entropy_forward_f32_dense),
    ENTRY(softmax_cross_entropy_forward_f32_dense_wide),
    ENTRY(softmax_cross_entropy_forward_f32_sparse),
    ENTRY(softmax_cross_entropy_forward_f32_sparse_wide),
    ENTRY(softmax_forward_f32),
    ENTRY(softmax_forward_f32_wide),
    ENTRY(transpose_forward_b16),
    ENTRY(transpose_forward_b32),
    ENTRY(transpose_forward_bf16_f32),
    ENTRY(transpose_forward_f16_f32),
};
#undef TYPED
#undef ENTRY

// --------------------------------------------------------------------------- requests and replies

/** A request's fields, one after the other. */
class Fields {
 public:
  explicit Fields(const std::string& bytes) : at(bytes.data()), end(at + bytes.size()) {}

  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)), sizeof(T));
    return value;
  }

  std::string text() {
    size_t length = number<u32>();
    return std::string(take(length), length);
  }

  size_t left() const { return end - at; }

  const char* take(size_t bytes) {
    if (bytes > left()) throw std::runtime_error("the request ends too early");
    at += bytes;
    return at - bytes;
  }

 private:
  const char* at;
  const char* end;
};

template <class T>
std::string bytesOf(T value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof(T));
}

/** Bits of what a launch may do with a range, and of what it did. */
constexpr u32 READ = 1;
constexpr u32 WRITE = 2;

/** Device memory and what is done with it. */
class Device {
 public:
  std::string answer(u32 operation, Fields fields) {
    switch (operation) {
      case 0:
        return allocate(fields);
      case 1:
        return free(fields);
      case 2:
        return write(fields);
      case 3:
        return read(fields);
      case 4:
        return launch(fields);
      case 5:
        return signatures();
      case 6:
        return fill(fields);
      default:
        throw std::runtime_error("there is no operation " + std::to_string(operation));
    }
  }

 private:
  struct Allocation {
    u64 bytes;
    simt::Memory memory;

    Allocation(u64 bytes, const std::string& what)
        : bytes(bytes), memory(what, sizeof(u8), bytes, 0, true) {
      std::memset(memory.data(), 0, bytes);
    }

    u64 begin() const { return reinterpret_cast<u64>(memory.data()); }
  };

  std::map<u64, std::unique_ptr<Allocation>> allocations;  // by address

  std::string allocate(Fields& fields) {
    u64 bytes = fields.number<u64>();
    std::string what = fields.text();
    if (bytes % sizeof(u16) != 0) {
      throw std::runtime_error(std::to_string(bytes) + " bytes for '" + what +
                               "' are no whole 2-byte elements");
    }
    auto made = std::make_unique<Allocation>(bytes, what);
    u64 address = made->begin();
    allocations[address] = std::move(made);
    return bytesOf(address);
  }

  std::string free(Fields& fields) {
    u64 address = fields.number<u64>();
    if (allocations.erase(address) == 0) {
      throw std::runtime_error("nothing was allocated at " + std::to_string(address));
    }
    return "";
  }

  /** Host access to memory that must lie inside an allocation. */
  char* memory(u64 address, u64 bytes) {
    auto next = allocations.upper_bound(address);
    if (next != allocations.begin()) {
      const Allocation& allocation = *std::prev(next)->second;
      u64 offset = address - allocation.begin();
      if (offset <= allocation.bytes && bytes <= allocation.bytes - offset) {
        return reinterpret_cast<char*>(address);
      }
    }
    throw std::runtime_error("no allocation holds " + std::to_string(bytes) + " bytes at " +
                             std::to_string(address));
  }

  std::string write(Fields& fields) {
    u64 address = fields.number<u64>();
    size_t bytes = fields.left();
    std::memcpy(memory(address, bytes), fields.take(bytes), bytes);
    return "";
  }

  std::string read(Fields& fields) {
    u64 address = fields.number<u64>();
    u64 bytes = fields.number<u64>();
    return std::string(memory(address, bytes), bytes);
  }

  std::string fill(Fields& fields) {
    u64 address = fields.number<u64>();
    u64 bytes = fields.number<u64>();
    std::memset(memory(address, bytes), static_cast<int>(fields.number<u32>()), bytes);
    return "";
  }

  std::string launch(Fields& fields) {
    std::string name = fields.text();
    auto kernel = KERNEL_TABLE.find(name);
    if (kernel == KERNEL_TABLE.end()) {
      throw std::runtime_error("there is no kernel '" + name + "'");
    }
    simt::Dim grid = dim(fields);
    simt::Dim block{fields.number<u32>()};
    std::vector<u64> slots(fields.number<u32>());
    for (u64& slot : slots) slot = fields.number<u64>();
    const std::string& types = kernel->second.types;
    if (slots.size() != types.size()) {
      throw std::runtime_error("'" + name + "' takes " + std::to_string(types.size()) +
                               " arguments, got " + std::to_string(slots.size()));
    }
    simt::onlyRanges(ranges(fields));
    kernel->second.launch(grid, block, slots);
    std::string done;
    for (const simt::Range& range : simt::ranges()) {
      done += bytesOf<u32>((range.read ? READ : 0) | (range.written ? WRITE : 0));
    }
    return done;
  }

  static simt::Dim dim(Fields& fields) {
    simt::Dim dim;
    dim.x = fields.number<u32>();
    dim.y = fields.number<u32>();
    dim.z = fields.number<u32>();
    return dim;
  }

  std::vector<simt::Range> ranges(Fields& fields) {
    std::vector<simt::Range> ranges(fields.number<u32>());
    for (simt::Range& range : ranges) {
      u64 address = fields.number<u64>();
      u64 bytes = fields.number<u64>();
      u32 allowed = fields.number<u32>();
      memory(address, bytes);
      range.begin = address;
      range.end = address + bytes;
      range.readable = allowed & READ;
      range.writable = allowed & WRITE;
    }
    return ranges;
  }

  static std::string signatures() {
    std::string text;
    for (const auto& kernel : KERNEL_TABLE) {
      text += kernel.first + " " + kernel.second.types + "\n";
    }
    return text;
  }
};

/** Reads a request, without its length; false at the end of the input. */
bool receive(std::string& request) {
  u64 bytes;
  if (std::fread(&bytes, sizeof(bytes), 1, stdin) != 1) {
    return false;
  }
  request.resize(bytes);
  return std::fread(&request[0], 1, bytes, stdin) == bytes;
}

void send(u32 status, const std::string& fields) {
  std::string reply = bytesOf<u64>(sizeof(status) + fields.size()) + bytesOf(status) + fields;
  std::fwrite(reply.data(), 1, reply.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

int main() {
  Device device;
  std::string request;
  while (receive(request)) {
    try {
      Fields fields(request);
      u32 operation = fields.number<u32>();
      send(0, device.answer(operation, fields));
    } catch (const std::exception& e) {
      send(1, e.what());
    }
  }
  return 0;
}
