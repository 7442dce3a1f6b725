// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.backend.Availability;
import io.convoy.backend.BackendProvider;
import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Devices;

/** {@code convoy devices}. */
final class DevicesCommand extends Command {
  DevicesCommand() {
    super("devices", "Lists every backend: that it works, or why not and what would help.");
  }

  @Override
  public Integer call() {
    for (BackendProvider provider : Devices.providers()) {
      Availability availability = provider.probe();
      if (availability instanceof Availability.Available works) {
        for (DeviceInfo device : works.devices()) {
          out().println(device.id() + ": works: " + device.description());
        }
      } else {
        Availability.Unavailable not = (Availability.Unavailable) availability;
        out().println(provider.name() + ": does not work: " + not.reason() + ". " + not.cure());
      }
    }
    return Main.OK;
  }
}
