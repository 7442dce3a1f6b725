// SPDX-License-Identifier: Apache-2.0
#include "streams.hpp"

namespace standin {
namespace {

thread_local Stream* recording = nullptr;

}  // namespace

Stream* recorded() { return recording; }

void Stream::put(Work work) {
  if (isCapturing()) {
    capture->work.push_back(std::move(work));
    return;
  }
  waiting.push_back(std::move(work));
  count++;
  if (eager) run(count);
}

void Stream::run(uint64_t to) {
  if (isCapturing()) spoil("waiting for a stream");
  while (done < to) {
    Work next = std::move(waiting.front());
    waiting.pop_front();
    done++;
    next();
  }
}

void Stream::beginCapture() {
  capture = std::make_unique<Graph>();
  spoiled = false;
  recording = this;
}

Graph Stream::endCapture() {
  if (recording != this) throw Failure(INVALID_VALUE, "this thread records no such stream");
  recording = nullptr;
  std::unique_ptr<Graph> made = std::move(capture);
  if (spoiled) throw Failure(CAPTURE_INVALIDATED, "the recording is spoiled");
  return std::move(*made);
}

void Stream::spoil(const char* call) {
  spoiled = true;
  throw Failure(CAPTURE_UNSUPPORTED, std::string(call) + " while a stream is recorded");
}

void Event::record(Stream& on) {
  if (on.isCapturing()) on.spoil("cuEventRecord");
  auto time = std::make_shared<Time>();
  on.put([time] { *time = std::chrono::steady_clock::now(); });
  stream = &on;
  place = on.end();
  when = time;
}

void Event::holdBack(Stream& other) const {
  if (other.isCapturing()) other.spoil("cuStreamWaitEvent");
  if (stream != nullptr) {  // an event that was never recorded holds nobody back
    other.put([from = stream, to = place] { from->run(to); });
  }
}

void Event::wait() const {
  if (stream != nullptr) stream->run(place);
}

float Event::millisecondsSince(const Event& earlier) const {
  if (!timed || !earlier.timed || when == nullptr || earlier.when == nullptr) {
    throw Failure(INVALID_HANDLE, "an event that tells no time");
  }
  if (*when == Time() || *earlier.when == Time()) throw Failure(NOT_READY, "an event to come");
  return std::chrono::duration<float, std::milli>(*when - *earlier.when).count();
}

}  // namespace standin
