// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcudnn.so.9: its graph API, as far as java/cuda calls it for convolutions. An
// operation graph holds one pass of a convolution, or a forward pass with a bias, a function or both
// behind it, or its statistics, unless there are groups; and it has these engines:
//   0  works
//   1  not deterministic; with knob 2 from 1 to 4; fails without WORKSPACE bytes of workspace
//   2  has tensor cores: rounds fp32's factors to TF32
//   3  not supported
//   4  takes more workspace than anybody offers
//   5  reduces in 16 bits: its results are zeros, so that whoever takes it notices
#include "cudnn_operations.hpp"

using namespace standin;

namespace {

constexpr int ENGINES = 6;
constexpr int64_t KNOB = 2;

int64_t index(const Descriptor& engine) { return engine[ENGINE_INDEX][0]; }

int64_t workspace(int64_t engine) { return engine == 4 ? 1ll << 40 : engine == 1 ? WORKSPACE : 0; }

bool isConfiguration(const Descriptor& d) {
  const Descriptor* engine = d.part(CONFIGURED_ENGINE, ENGINE);
  if (engine == nullptr) return false;
  const Values& knobs = d[CONFIGURED_KNOBS];
  if (index(*engine) != 1) return knobs.empty();
  const Descriptor* knob = d.part(CONFIGURED_KNOBS, KNOB_CHOICE);
  return knob != nullptr && knob->is(KNOB_TYPE, {KNOB}) && (*knob)[KNOB_VALUE][0] >= 1 &&
         (*knob)[KNOB_VALUE][0] <= 4;
}

const Descriptor* engineOf(const Descriptor& plan) {
  const Descriptor* configuration = plan.part(PLAN_CONFIGURATION, CONFIGURATION);
  return configuration == nullptr ? nullptr : configuration->part(CONFIGURED_ENGINE, ENGINE);
}

/** A convolution with what follows it: each operation works on what the one before made. */
struct Chain {
  Operation convolution;
  std::vector<Pointwise> others;
  const Descriptor* statistics = nullptr;
  bool isValid = true;

  explicit Chain(const Descriptor& graph)
      : convolution(*reinterpret_cast<const Descriptor*>(graph[GRAPH_OPERATIONS][0])) {
    const Descriptor* made = convolution.y;
    for (size_t i = 1; i < graph[GRAPH_OPERATIONS].size(); i++) {
      auto* next = reinterpret_cast<const Descriptor*>(graph[GRAPH_OPERATIONS][i]);
      bool isLast = i + 1 == graph[GRAPH_OPERATIONS].size();
      if (isLast && next->kind == STATISTICS && next->finished) {
        statistics = next;
        isValid &= made->is(NAME, (*Statistics(*next).x)[NAME]);
        break;
      }
      if (next->kind != POINTWISE || !next->finished) {
        isValid = false;
        return;
      }
      others.emplace_back(*next);
      isValid &= isBetween(*made) && made->is(NAME, (*others.back().x)[NAME]);
      made = others.back().y;
    }
    isValid &= !isBetween(*made) && made->is(DATA_TYPE, (*convolution.x)[DATA_TYPE]);
  }

  const Descriptor* result() const { return others.empty() ? convolution.y : others.back().y; }

  bool isSupported() const {
    return (others.empty() && statistics == nullptr) || convolution.shape().groups == 1;
  }
};

bool isPass(const Descriptor* d) {
  bool pass = d->kind == FORWARD || d->kind == BACKWARD_DATA || d->kind == BACKWARD_FILTER;
  return pass && d->finished;
}

bool isGraph(const Descriptor& d) {
  const Values& operations = d[GRAPH_OPERATIONS];
  if (operations.empty() || !d.has(GRAPH_HANDLE, 1)) return false;
  auto* first = reinterpret_cast<const Descriptor*>(operations[0]);
  return isPass(first) && (operations.size() == 1 || first->kind == FORWARD) && Chain(d).isValid;
}

/** Bytes of an element: truth values have 1, enumerations and factors 4. */
size_t widthOf(int type) {
  return type == 2 ? 1 : type == 0 || type == 3 || type == 5 || type == 6 || type == 15 ? 8 : 4;
}

/** Says whether a descriptor may be finished. */
int check(const Descriptor& d) {
  auto valid = [](bool is) { return is ? SUCCESS : BAD_PARAM; };
  switch (d.kind) {
    case TENSOR:
      return valid(isTensor(d));
    case WINDOW:
      return valid(isWindow(d));
    case FORWARD:
    case BACKWARD_DATA:
    case BACKWARD_FILTER:
      return valid(Operation(d).isValid());
    case FUNCTION:
      return valid(Function::isValid(d));
    case POINTWISE:
      return valid(Pointwise(d).isValid());
    case STATISTICS:
      return valid(Statistics(d).isValid());
    case GRAPH:
      return valid(isGraph(d));
    case HEURISTIC:
      if (d.part(HEURISTIC_GRAPH, GRAPH) == nullptr || !d.has(HEURISTIC_MODE, 1)) return BAD_PARAM;
      return Chain(*d.part(HEURISTIC_GRAPH, GRAPH)).isSupported() ? SUCCESS : NOT_SUPPORTED;
    case ENGINE:
      if (d.part(ENGINE_GRAPH, GRAPH) == nullptr || !d.has(ENGINE_INDEX, 1) || index(d) < 0 ||
          index(d) >= ENGINES) {
        return BAD_PARAM;
      }
      return Chain(*d.part(ENGINE_GRAPH, GRAPH)).isSupported() ? SUCCESS : NOT_SUPPORTED;
    case KNOB_CHOICE:
      return valid(d.has(KNOB_TYPE, 1) && d.has(KNOB_VALUE, 1));
    case CONFIGURATION:
      return valid(isConfiguration(d));
    case PLAN:
      if (engineOf(d) == nullptr || !d.has(PLAN_HANDLE, 1)) return BAD_PARAM;
      return index(*engineOf(d)) == 3 ? NOT_SUPPORTED : SUCCESS;
    case PACK:
      return valid(d.has(PACK_WORKSPACE, 1) && d.has(PACK_ADDRESSES, d[PACK_NAMES].size()));
    default:
      return NOT_SUPPORTED;
  }
}

/** Which engines a heuristic proposes: mode A, mode B, what works. */
Values proposals(int64_t mode) {
  return mode == 3 ? Values{2, 3, 5, 1} : mode == 1 ? Values{1, 4} : Values{0};
}

void fillKnob(Descriptor& knob) {
  knob.attributes = {{KNOB_TYPE, {KNOB}}, {KNOB_VALUE, {3}}};
  knob.finished = true;
}

/** What is read of a descriptor: what was set, or what cuDNN knows. */
Values read(const Descriptor& d, int attribute) {
  if (attribute == ENGINE_NOTES) {
    static const std::map<int64_t, Values> NOTES = {{1, {4}}, {2, {0}}, {5, {2}}};
    auto found = NOTES.find(index(d));
    return found == NOTES.end() ? Values{} : found->second;
  }
  return attribute == PLAN_WORKSPACE ? Values{workspace(index(*engineOf(d)))} : d[attribute];
}

/** Fills descriptors that the caller made; returns how many there are to fill. */
int64_t fill(const Descriptor& d, int attribute, int64_t asked, Descriptor** into) {
  if (attribute == HEURISTIC_RESULTS) {
    Values engines = proposals(d[HEURISTIC_MODE][0]);
    for (size_t i = 0; i < engines.size() && static_cast<int64_t>(i) < asked; i++) {
      into[i]->attributes = {{ENGINE_GRAPH, d[HEURISTIC_GRAPH]}, {ENGINE_INDEX, {engines[i]}}};
      into[i]->finished = true;
    }
    return static_cast<int64_t>(engines.size());
  }
  if (attribute == CONFIGURED_ENGINE) {
    into[0]->attributes = d.attributes;
    into[0]->finished = true;
    return 1;
  }
  if (attribute == CONFIGURED_KNOBS && index(d) == 1) {
    fillKnob(*into[0]);
    return 1;
  }
  return 0;
}

/** The address that a pack gives to a tensor; null if there is none. */
void* address(const Descriptor& pack, const Descriptor* tensor) {
  for (size_t i = 0; i < pack[PACK_NAMES].size(); i++) {
    if (tensor->is(NAME, {pack[PACK_NAMES][i]})) {
      return reinterpret_cast<void*>(pack[PACK_ADDRESSES][i]);
    }
  }
  return nullptr;
}

Descriptor& as(void* descriptor) { return *static_cast<Descriptor*>(descriptor); }

/** Makes zeros of what a pass makes. */
void spoil(Pass pass, const ConvolutionShape& s, const ConvolutionTensors& on, Type type) {
  switch (pass) {
    case Pass::FORWARD:
      return writeTensor(on.y, Doubles(s.results()), type);
    case Pass::BACKWARD_DATA:
      return writeTensor(on.x, Doubles(s.images()), type);
    case Pass::BACKWARD_FILTER:
      return writeTensor(on.w, Doubles(s.filters()), type);
  }
}

/** An operation with its operand in memory. */
struct Behind {
  Function function;
  void* bias;  // of a sum

  void work(Doubles& y, int channels) const {
    Doubles b = bias == nullptr ? Doubles() : readTensor(bias, channels, Type::FP32);
    for (size_t i = 0; i < y.size(); i++) y[i] = bias == nullptr ? function(y[i]) : y[i] + b[i % channels];
  }
};

/** Where sums of a tensor [rows, channels] go. */
struct Sums {
  void* sum = nullptr;
  void* squares = nullptr;

  void take(const Doubles& y, int channels) const {
    Doubles sums(channels), products(channels);
    for (size_t i = 0; i < y.size(); i++) {
      sums[i % channels] += y[i];
      products[i % channels] += y[i] * y[i];
    }
    writeTensor(sum, sums, Type::FP32);
    writeTensor(squares, products, Type::FP32);
  }
};

}  // namespace

API int cudnnBackendCreateDescriptor(int kind, void** made) {
  *made = new Descriptor(kind);
  return SUCCESS;
}

API int cudnnBackendDestroyDescriptor(void* made) {
  delete static_cast<Descriptor*>(made);
  return SUCCESS;
}

API int cudnnBackendSetAttribute(void* made, int attribute, int type, int64_t count,
                                 const void* elements) {
  if (as(made).finished || elements == nullptr) return BAD_PARAM;
  Values values;
  for (int64_t i = 0; i < count; i++) {
    int64_t wide = 0;
    int32_t narrow = 0;
    const char* element = static_cast<const char*>(elements) + i * widthOf(type);
    if (widthOf(type) == 8) {
      std::memcpy(&wide, element, sizeof(wide));
    } else {
      std::memcpy(&narrow, element, widthOf(type));
      wide = narrow;
    }
    values.push_back(wide);
  }
  as(made).attributes[attribute] = values;
  return SUCCESS;
}

API int cudnnBackendFinalize(void* made) {
  int status = as(made).finished ? BAD_PARAM : check(as(made));
  as(made).finished = status == SUCCESS;
  return status;
}

API int cudnnBackendGetAttribute(void* made, int attribute, int type, int64_t asked, int64_t* count,
                                 void* elements) {
  constexpr int DESCRIPTOR = 15;
  if (!as(made).finished || (asked > 0 && elements == nullptr)) return BAD_PARAM;
  if (type == DESCRIPTOR) {
    *count = fill(as(made), attribute, asked, static_cast<Descriptor**>(elements));
    return SUCCESS;
  }
  Values values = read(as(made), attribute);
  *count = static_cast<int64_t>(values.size());
  for (int64_t i = 0; i < *count && i < asked; i++) {
    std::memcpy(static_cast<char*>(elements) + i * widthOf(type), &values[i], widthOf(type));
  }
  return SUCCESS;
}

API int cudnnBackendExecute(void* handle, void* plan, void* pack) {
  if (!as(plan).finished || !as(pack).finished || as(plan).kind != PLAN) return BAD_PARAM;
  const Descriptor* engine = engineOf(as(plan));
  const Descriptor* graph = engine->part(ENGINE_GRAPH, GRAPH);
  Chain chain(*graph);
  const Operation& operation = chain.convolution;
  ConvolutionTensors on = {address(as(pack), operation.x), address(as(pack), operation.w),
                           address(as(pack), chain.result())};
  std::vector<Behind> behind;
  bool isPlaced = on.x != nullptr && on.w != nullptr && on.y != nullptr;
  for (const Pointwise& next : chain.others) {
    behind.push_back({Function(*next.function), next.isSum() ? address(as(pack), next.b) : nullptr});
    isPlaced &= !next.isSum() || behind.back().bias != nullptr;
  }
  Sums sums;
  if (chain.statistics != nullptr) {
    Statistics statistics(*chain.statistics);
    sums = {address(as(pack), statistics.sum), address(as(pack), statistics.squares)};
    isPlaced &= sums.sum != nullptr && sums.squares != nullptr;
  }
  if (!isPlaced || (workspace(index(*engine)) > 0 && as(pack).is(PACK_WORKSPACE, {0}))) {
    return BAD_PARAM;
  }
  put(static_cast<Handle*>(handle)->stream, [=, pass = operation.pass(), shape = operation.shape(),
                                             type = operation.type(), index = index(*engine)] {
    bool asTf32 = type == Type::FP32 && index == 2;
    if (index == 5) return spoil(pass, shape, on, type);
    if (pass != Pass::FORWARD) return convolve(pass, shape, on, type, asTf32);
    Doubles y = forward(shape, on, type, asTf32);
    for (const Behind& next : behind) next.work(y, shape.k);
    writeTensor(on.y, y, type);
    if (sums.sum != nullptr) sums.take(readTensor(on.y, y.size(), type), shape.k);
  });
  return SUCCESS;
}
