// SPDX-License-Identifier: Apache-2.0
// What the tests share: cases with a seed, orders of execution, comparison with double references.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "simt.hpp"

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void check(bool condition, const std::string& what) {
  if (!condition) throw Failure("not so: " + what);
}

/** Random numbers of the test that runs; CONVOY_TEST_SEED replays them. */
inline std::mt19937 generator;

struct Case {
  const char* name;
  std::function<void()> body;
};

/** Runs all cases, in every order of threads and blocks; returns main's exit code. */
inline int runCases(const std::vector<Case>& cases) {
  const char* text = std::getenv("CONVOY_TEST_SEED");
  unsigned seed = text == nullptr ? 20250611 : std::strtoul(text, nullptr, 10);
  int failed = 0;
  for (const Case& c : cases) {
    for (simt::Order order :
         {simt::Order::FORWARD, simt::Order::REVERSE, simt::Order::SHUFFLED}) {
      generator.seed(seed);
      simt::schedule(order);
      try {
        c.body();
      } catch (const std::exception& e) {
        std::printf("FAILED %s (order %d, CONVOY_TEST_SEED=%u): %s\n", c.name,
                    static_cast<int>(order), seed, e.what());
        failed++;
        break;
      }
    }
  }
  std::printf("%d passed, %d failed\n", static_cast<int>(cases.size()) - failed, failed);
  return failed == 0 ? 0 : 1;
}
