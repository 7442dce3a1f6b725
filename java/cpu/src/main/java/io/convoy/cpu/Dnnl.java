// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.BackendException;

/** The one gateway for oneDNN's status codes. */
final class Dnnl {
  /** dnnl_status_t by value. */
  private static final String[] STATUS = {
    "success",
    "out of memory",
    "invalid arguments",
    "unimplemented",
    "last implementation reached",
    "runtime error",
    "not required",
    "invalid graph",
    "invalid graph op",
    "invalid shape",
    "invalid data type"
  };

  private Dnnl() {}

  /**
   * Does nothing after success.
   *
   * @param status what the call returned
   * @param call the C function, for the message
   * @throws BackendException if it failed
   */
  static void check(int status, String call) {
    if (status != 0) {
      throw new BackendException(call + " failed: " + name(status) + help(status));
    }
  }

  private static String name(int status) {
    return status > 0 && status < STATUS.length ? STATUS[status] : "status " + status;
  }

  private static String help(int status) {
    switch (status) {
      case 1:
        return "; a smaller batch needs less";
      case 2:
      case 3:
        return "; ONEDNN_VERBOSE=all in the environment makes oneDNN say why";
      default:
        return "";
    }
  }
}
