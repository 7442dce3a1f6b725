// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcudnn.so.9: its graph API, as far as java/cuda calls it for convolutions. An
// operation graph holds one pass of a convolution and has these engines:
//   0  works
//   1  not deterministic; with knob 2 from 1 to 4; fails without WORKSPACE bytes of workspace
//   2  has tensor cores: rounds fp32's factors to TF32
//   3  not supported
//   4  takes more workspace than anybody offers
//   5  reduces in 16 bits: its results are zeros, so that whoever takes it notices
#include <cstring>
#include <map>
#include <vector>

#include "cudnn.hpp"

using namespace standin;

namespace {

constexpr int ENGINES = 6;
constexpr int64_t KNOB = 2;

/** The descriptors, by cuDNN's numbers. */
enum Kind {
  WINDOW = 1,
  ENGINE = 2,
  CONFIGURATION = 3,
  HEURISTIC = 4,
  PLAN = 5,
  KNOB_CHOICE = 7,
  FORWARD = 10,
  BACKWARD_FILTER = 11,
  BACKWARD_DATA = 12,
  GRAPH = 15,
  PACK = 16,
  TENSOR = 17
};

/** The attributes that are read here. */
enum Attribute {
  COMPUTE_TYPE = 100,
  MODE = 101,
  DILATIONS = 102,
  STRIDES = 103,
  POST_PADDINGS = 104,
  PRE_PADDINGS = 105,
  SPATIAL_DIMS = 106,
  HEURISTIC_MODE = 200,
  HEURISTIC_GRAPH = 201,
  HEURISTIC_RESULTS = 202,
  CONFIGURED_ENGINE = 300,
  CONFIGURED_KNOBS = 302,
  PLAN_HANDLE = 400,
  PLAN_CONFIGURATION = 401,
  PLAN_WORKSPACE = 402,
  KNOB_TYPE = 600,
  KNOB_VALUE = 601,
  FORWARD_ALPHA = 700,  // beta, window, w, x, y follow; then the same of the other two passes
  GRAPH_HANDLE = 800,
  GRAPH_OPERATIONS = 801,
  ALIGNMENT = 900,
  DATA_TYPE = 901,
  DIMENSIONS = 902,
  TENSOR_STRIDES = 903,
  NAME = 906,
  PACK_NAMES = 1000,
  PACK_ADDRESSES = 1001,
  PACK_WORKSPACE = 1003,
  ENGINE_GRAPH = 1300,
  ENGINE_INDEX = 1301,
  ENGINE_NOTES = 1303
};

using Values = std::vector<int64_t>;

struct Descriptor {
  int kind;
  bool finished = false;
  std::map<int, Values> attributes;

  explicit Descriptor(int kind) : kind(kind) {}

  const Values& operator[](int attribute) const {
    static const Values NONE;
    auto found = attributes.find(attribute);
    return found == attributes.end() ? NONE : found->second;
  }

  /** Whether an attribute is these values. */
  bool is(int attribute, const Values& expected) const { return (*this)[attribute] == expected; }

  /** What an attribute refers to, if that is one finished descriptor of a kind; else null. */
  const Descriptor* part(int attribute, int kind) const {
    const Values& values = (*this)[attribute];
    if (values.size() != 1) return nullptr;
    auto* part = reinterpret_cast<const Descriptor*>(values[0]);
    return part != nullptr && part->kind == kind && part->finished ? part : nullptr;
  }

  bool has(int attribute, size_t count) const { return (*this)[attribute].size() == count; }
};

int64_t bits(float value) {
  int32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

/** Bytes of an element: enumerations and factors have 4. */
size_t widthOf(int type) { return type == 0 || type == 3 || type == 6 || type == 15 ? 8 : 4; }

/** One pass of a convolution, as its operation describes it. */
struct Operation {
  const Descriptor& self;
  int first;  // of its attributes
  const Descriptor* window;
  const Descriptor* w;
  const Descriptor* x;
  const Descriptor* y;

  explicit Operation(const Descriptor& self)
      : self(self),
        first(FORWARD_ALPHA + (self.kind == FORWARD ? 0 : self.kind == BACKWARD_DATA ? 6 : 12)),
        window(self.part(first + 2, WINDOW)),
        w(self.part(first + 3, TENSOR)),
        x(self.part(first + 4, TENSOR)),
        y(self.part(first + 5, TENSOR)) {}

  Pass pass() const {
    return self.kind == FORWARD         ? Pass::FORWARD
           : self.kind == BACKWARD_DATA ? Pass::BACKWARD_DATA
                                        : Pass::BACKWARD_FILTER;
  }

  static int size(const Descriptor* tensor, int axis) {
    return static_cast<int>((*tensor)[DIMENSIONS][axis]);
  }

  int axis(int attribute, int which) const { return static_cast<int>((*window)[attribute][which]); }

  ConvolutionShape shape() const {
    int channels = size(w, 1);
    return {size(x, 0),           size(x, 2),         size(x, 3),         size(x, 1),
            size(w, 0),           size(w, 2),         size(w, 3),         size(y, 2),
            size(y, 3),           axis(PRE_PADDINGS, 0), axis(PRE_PADDINGS, 1), axis(STRIDES, 0),
            axis(STRIDES, 1),     axis(DILATIONS, 0), axis(DILATIONS, 1),
            channels == 0 ? 0 : size(x, 1) / channels};
  }

  Type type() const {
    Type type = Type::FP32;
    toType((*x)[DATA_TYPE][0], type);
    return type;
  }

  bool isValid() const {
    if (window == nullptr || w == nullptr || x == nullptr || y == nullptr) return false;
    bool same = x->is(DATA_TYPE, (*w)[DATA_TYPE]) && y->is(DATA_TYPE, (*w)[DATA_TYPE]);
    return same && self.is(first, {bits(1)}) && self.is(first + 1, {bits(0)}) &&
           size(x, 0) == size(y, 0) && size(w, 0) == size(y, 1) && shape().isValid();
  }
};

/** Packed, with the channels innermost. */
bool isTensor(const Descriptor& d) {
  Type type;
  if (!d.has(DATA_TYPE, 1) || !toType(d[DATA_TYPE][0], type) || !d.has(DIMENSIONS, 4)) return false;
  int64_t c = d[DIMENSIONS][1], h = d[DIMENSIONS][2], w = d[DIMENSIONS][3];
  return d.is(TENSOR_STRIDES, {h * w * c, 1, w * c, c}) && d.has(NAME, 1) && d.has(ALIGNMENT, 1);
}

bool isWindow(const Descriptor& d) {
  return d.is(COMPUTE_TYPE, {0}) && d.is(MODE, {CROSS_CORRELATION}) && d.is(SPATIAL_DIMS, {2}) &&
         d.has(PRE_PADDINGS, 2) && d.is(POST_PADDINGS, d[PRE_PADDINGS]) && d.has(STRIDES, 2) &&
         d.has(DILATIONS, 2);
}

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
    case GRAPH: {
      bool one = d.part(GRAPH_OPERATIONS, FORWARD) != nullptr ||
                 d.part(GRAPH_OPERATIONS, BACKWARD_DATA) != nullptr ||
                 d.part(GRAPH_OPERATIONS, BACKWARD_FILTER) != nullptr;
      return valid(one && d.has(GRAPH_HANDLE, 1));
    }
    case HEURISTIC:
      return valid(d.part(HEURISTIC_GRAPH, GRAPH) != nullptr && d.has(HEURISTIC_MODE, 1));
    case ENGINE:
      return valid(d.part(ENGINE_GRAPH, GRAPH) != nullptr && d.has(ENGINE_INDEX, 1) &&
                   index(d) >= 0 && index(d) < ENGINES);
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
      std::memcpy(&narrow, element, sizeof(narrow));
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
  Operation operation(*reinterpret_cast<const Descriptor*>((*graph)[GRAPH_OPERATIONS][0]));
  ConvolutionTensors on = {address(as(pack), operation.x), address(as(pack), operation.w),
                           address(as(pack), operation.y)};
  bool isPlaced = on.x != nullptr && on.w != nullptr && on.y != nullptr;
  if (!isPlaced || (workspace(index(*engine)) > 0 && as(pack).is(PACK_WORKSPACE, {0}))) {
    return BAD_PARAM;
  }
  put(static_cast<Handle*>(handle)->stream, [=, pass = operation.pass(), shape = operation.shape(),
                                             type = operation.type(), index = index(*engine)] {
    if (index == 5) return spoil(pass, shape, on, type);
    convolve(pass, shape, on, type, type == Type::FP32 && index == 2);
  });
  return SUCCESS;
}
