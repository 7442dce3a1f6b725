// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;

/** What all libraries' failures look like, and what is done after one. */
final class Failure {
  private Failure() {}

  /**
   * Makes the exception of a failed call.
   *
   * @param subject what the call was for: a step, an allocation, a device
   * @param call the C function
   * @param status its status' name
   * @param help what would help, with the mark before it, or empty
   */
  static BackendException of(String subject, String call, String status, String help) {
    return new BackendException(subject + ": " + call + " failed: " + status + help);
  }

  /** Frees what was made before a failure, which stays the one that is told. */
  static RuntimeException after(RuntimeException failure, Resources resources) {
    try {
      resources.close();
    } catch (RuntimeException another) {
      failure.addSuppressed(another);
    }
    return failure;
  }
}
