// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How arguments lie. */
class KernelLaunchTest {
  @Test
  void eachInAPlaceOfItsOwn() {
    ByteBuffer packed =
        KernelLaunch.pack(
            List.of(
                new Argument.Address(Access.read(Buffer.at(0x7f00_0000_0100L, 64)), 12),
                Argument.of(-3),
                new Argument.Null(),
                Argument.of(1.5f),
                Argument.of(1L << 40)));
    assertTrue(packed.isDirect(), "an array would stop the garbage collector at each launch");
    assertEquals(ByteOrder.nativeOrder(), packed.order());
    assertEquals(40, packed.capacity());
    assertEquals(0x7f00_0000_010cL, packed.getLong(0));
    assertEquals(-3, packed.getInt(8));
    assertEquals(0, packed.getLong(16));
    assertEquals(1.5f, packed.getFloat(24));
    assertEquals(1L << 40, packed.getLong(32));
  }
}
