// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.backend.Availability;
import io.convoy.backend.BackendProvider;
import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Devices;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convoy devices}. */
@Command(
    name = "devices",
    description = "Lists every backend: that it works, or why not and what would help.")
final class DevicesCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (BackendProvider provider : Devices.providers()) {
      Availability availability = provider.probe();
      if (availability instanceof Availability.Available works) {
        for (DeviceInfo device : works.devices()) {
          out.println(device.id() + ": works: " + device.description());
        }
      } else {
        Availability.Unavailable not = (Availability.Unavailable) availability;
        out.println(provider.name() + ": does not work: " + not.reason() + ". " + not.cure());
      }
    }
    return Main.OK;
  }
}
