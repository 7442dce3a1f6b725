// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.backend.Availability;
import io.convoy.backend.BackendProvider;
import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Devices;
import io.convoy.benchmarks.report.Origin;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all cases share: settings, origin, devices. */
final class Lab {
  private final Settings settings;
  private final Origin origin;
  private final Map<String, String> devices = new LinkedHashMap<>();

  Lab(Settings settings, Origin origin) {
    this.settings = settings;
    this.origin = origin;
    for (BackendProvider provider : Devices.providers()) {
      boolean judge = provider.rank() < 0; // never fast: only when asked for by name
      boolean asked = settings.device().equals("all") ? !judge : named(provider.name());
      if (asked && provider.probe() instanceof Availability.Available available) {
        for (DeviceInfo device : available.devices()) {
          if (settings.device().equals("all") || settings.device().equals(device.id())) {
            devices.put(device.id(), device.description());
          }
        }
      }
    }
    if (devices.isEmpty()) {
      throw new IllegalArgumentException(
          "no device '" + settings.device() + "' works here; `convoy devices` tells why");
    }
  }

  private boolean named(String provider) {
    return settings.device().split(":")[0].equals(provider);
  }

  Settings settings() {
    return settings;
  }

  Origin origin() {
    return origin;
  }

  /** The devices to measure: their ids. */
  List<String> devices() {
    return new ArrayList<>(devices.keySet());
  }

  /** Hardware and library versions of a device. */
  String description(String device) {
    return devices.get(device);
  }

  /** Where a child process writes its standard error, kept until the next of that name. */
  Path log(String name) {
    return settings.home().resolve("target").resolve("logs").resolve(name + ".log");
  }

  /** All cores: what every contestant is given. */
  int threads() {
    return origin.cores();
  }

  /** A row that a device made with all threads. */
  Row row(String id, String device, Map<String, String> parameters, Unit unit, double... samples) {
    return Row.of(id, device, description(device), parameters, threads(), unit, samples, origin);
  }
}
