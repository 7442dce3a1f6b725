// SPDX-License-Identifier: Apache-2.0
//
// Streams, events and graphs of the stand-in for the driver. Work on a stream runs either as soon
// or as late as CUDA allows, that is when somebody waits for it: so memory that is read too early,
// or written again too soon, shows.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace standin {

/** A status of the driver's, thrown up to the function that returns it. */
struct Failure : std::runtime_error {
  int status;
  Failure(int status, const std::string& what) : std::runtime_error(what), status(status) {}
};

constexpr int INVALID_VALUE = 1;
constexpr int OUT_OF_MEMORY = 2;
constexpr int INVALID_CONTEXT = 201;
constexpr int INVALID_HANDLE = 400;
constexpr int NOT_FOUND = 500;
constexpr int NOT_READY = 600;
constexpr int ALREADY_REGISTERED = 712;
constexpr int NOT_REGISTERED = 713;
constexpr int LAUNCH_FAILED = 719;
constexpr int CAPTURE_UNSUPPORTED = 900;
constexpr int CAPTURE_INVALIDATED = 901;

using Work = std::function<void()>;

struct Graph {
  std::vector<Work> work;
};

class Stream {
 public:
  /** @param eager whether work runs at once, or else when somebody waits for it */
  explicit Stream(bool eager) : eager(eager) {}

  /** Puts work on the stream, or into the graph that records it. */
  void put(Work work);
  /** Does all work up to a place in the stream, as `end()` gave it. */
  void run(uint64_t to);
  uint64_t end() const { return count; }

  void beginCapture();
  /** The graph; throws if what was recorded is spoiled. */
  Graph endCapture();
  bool isCapturing() const { return capture != nullptr; }
  bool isSpoiled() const { return spoiled; }
  /** Refuses a call that a recording does not allow, and spoils it. */
  [[noreturn]] void spoil(const char* call);

 private:
  bool eager;
  std::deque<Work> waiting;
  uint64_t done = 0;
  uint64_t count = 0;
  std::unique_ptr<Graph> capture;
  bool spoiled = false;
};

/** A place in a stream. */
class Event {
 public:
  explicit Event(bool timed) : timed(timed) {}

  void record(Stream& stream);
  /** Lets a stream go on only behind the place that is marked now. */
  void holdBack(Stream& stream) const;
  void wait() const;
  float millisecondsSince(const Event& earlier) const;

 private:
  using Time = std::chrono::steady_clock::time_point;

  bool timed;
  Stream* stream = nullptr;
  uint64_t place = 0;
  std::shared_ptr<Time> when;
};

/** The stream that the calling thread records; null if none. */
Stream* recorded();

}  // namespace standin
