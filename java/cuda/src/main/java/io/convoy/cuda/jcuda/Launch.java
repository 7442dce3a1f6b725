// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

/** A step with everything built that its call takes. */
interface Launch {
  /** Puts it on the stream of its GPU. Allocates nothing on the heap. */
  void run();

  /** What it is, for messages. */
  String subject();

  /** What a library chose, for people; empty where there was nothing to choose. */
  default String choice() {
    return "";
  }
}
