// SPDX-License-Identifier: Apache-2.0
package io.convoy.workshop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.channels.LoopThread;

/** The rest of Kernel is tested by every notebook that runs. */
class KernelTest {
  private static final class Channel {
    private final CountDownLatch heard = new CountDownLatch(1);
    private LoopThread loopThread = new LoopThread("loop", 1, heard::countDown);
  }

  @Test
  void aThreadThatHasEndedIsStartedAnew()
      throws ReflectiveOperationException, InterruptedException {
    Channel channel = new Channel();
    channel.loopThread.run(); // its flag is not set: it ends at once
    Kernel.keepAlive(channel);
    assertTrue(channel.heard.await(1, TimeUnit.MINUTES));
    assertTrue(channel.loopThread.isAlive());
    channel.loopThread.shutdown();
  }
}
