// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import java.util.List;

/**
 * A copy on the device.
 *
 * @param name what it is for
 * @param from source
 * @param to target, of as many bytes
 */
public record CopyStep(String name, Buffer from, Buffer to) implements Step {
  @Override
  public String kind() {
    return "copy";
  }

  @Override
  public List<Access> accesses() {
    return List.of(Access.read(from), Access.write(to));
  }

  @Override
  public String describe() {
    return name + ": " + kind() + " " + from.bytes() + " B";
  }
}
