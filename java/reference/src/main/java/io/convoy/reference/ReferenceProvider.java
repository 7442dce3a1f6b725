// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.backend.Availability;
import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.BackendProvider;
import io.convoy.backend.DeviceInfo;
import java.util.List;

/** Opens the reference backend, which works everywhere and which {@code auto} never takes. */
public final class ReferenceProvider implements BackendProvider {
  static final DeviceInfo DEVICE =
      new DeviceInfo("reference", "plain Java in double precision, very slow: judges the others");

  /** Makes a provider. */
  public ReferenceProvider() {}

  @Override
  public String name() {
    return DEVICE.id();
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Availability probe() {
    return new Availability.Available(List.of(DEVICE));
  }

  @Override
  public Backend open(int index) {
    if (index != 0) {
      throw new BackendException("device 'reference:" + index + "': there is one, numbered 0");
    }
    return new ReferenceBackend();
  }
}
