// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Availability;
import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.Devices;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the backend is found and opened. */
class ProviderTest {
  @Test
  void isFoundAndWorks() {
    Devices.Choice choice = Devices.open("cpu");
    try (Backend backend = choice.backend()) {
      assertEquals("cpu", backend.device().id());
      assertTrue(backend.device().description().startsWith("oneDNN 3."));
    }
    Availability availability = new CpuProvider().probe();
    assertInstanceOf(Availability.Available.class, availability);
  }

  @Test
  void thereIsOneDevice() {
    assertThrows(BackendException.class, () -> new CpuProvider().open(1));
  }

  @Test
  void emptyAndHugeTensorsAreRefused() {
    try (Backend backend = SmallNet.backend()) {
      Activate op = new Activate(Activation.RELU);
      assertTrue(backend.refuses(op, List.of(TensorSpec.f32(0, 3))).isPresent());
      assertTrue(backend.refuses(op, List.of(TensorSpec.f32(1 << 20, 1 << 10))).isPresent());
      assertTrue(backend.refuses(op, List.of(TensorSpec.f32(1, 3))).isEmpty());
    }
  }
}
