// SPDX-License-Identifier: Apache-2.0
package io.convoy.workshop;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the Java kernel, as kernel.json says, around two races in the kernel's own main (3.0.1):
 * sockets are open before there is any handler, and a message that comes in between ends the thread
 * that would read the next; and a thread's flag is set behind its start, so that it may end at
 * once. Either way Jupyter would wait for ever. Here a message finds an empty table, whereupon
 * Jupyter asks again, and a thread that has ended is started anew.
 */
public final class Kernel {
  private static final List<String> LISTENING = List.of("shell", "control", "heartbeat");

  /** Time in ms in which a thread that found its flag unset has ended. */
  private static final int ENDED_MS = 50;

  private Kernel() {}

  /**
   * Runs until Jupyter shuts it down.
   *
   * @param args Jupyter's connection file
   * @throws IOException if the file can't be read
   * @throws GeneralSecurityException if messages can't be signed with the key in it
   * @throws ReflectiveOperationException if the kernel is a version that is made otherwise
   * @throws InterruptedException if the process is ended while it starts
   */
  public static void main(String[] args)
      throws IOException,
          GeneralSecurityException,
          ReflectiveOperationException,
          InterruptedException {
    String file = Files.readString(Path.of(args[0]));
    Channels channels = new Channels(Transform.fromJson(file, ConnectionProperties.class));
    field(channels, "handlers").set(channels, Map.of());
    channels.connect(MainApp.kernel);
    for (String name : LISTENING) {
      keepAlive(field(channels, name).get(channels));
    }
    channels.joinUntilClose();
  }

  /** Starts a channel's thread anew until it runs. */
  static void keepAlive(Object channel) throws ReflectiveOperationException, InterruptedException {
    Field thread = field(channel, "loopThread");
    LoopThread loop = (LoopThread) thread.get(channel);
    loop.join(ENDED_MS);
    while (!loop.isAlive()) {
      Runnable body = (Runnable) field(loop, "loopBody").get(loop);
      loop = new LoopThread(loop.getName(), field(loop, "sleep").getLong(loop), body);
      thread.set(channel, loop);
      loop.start();
      loop.join(ENDED_MS);
    }
  }

  private static Field field(Object owner, String name) throws NoSuchFieldException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
