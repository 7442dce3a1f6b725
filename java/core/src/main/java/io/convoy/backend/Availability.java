// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import java.util.List;

/** Whether a backend works on this machine. */
public sealed interface Availability {
  /**
   * It works.
   *
   * @param devices its devices, at least one
   */
  record Available(List<DeviceInfo> devices) implements Availability {
    /**
     * Copies the list.
     *
     * @param devices the component
     */
    public Available {
      devices = List.copyOf(devices);
    }
  }

  /**
   * It does not.
   *
   * @param reason why, exactly; what stands before its first colon says it in brief
   * @param cure the one thing that would help
   */
  record Unavailable(String reason, String cure) implements Availability {
    /**
     * Says why in brief.
     *
     * @return the reason up to its first colon
     */
    public String brief() {
      int colon = reason.indexOf(':');
      return colon < 0 ? reason : reason.substring(0, colon);
    }
  }
}
