// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. Java has no other way to learn of one than {@code
 * sun.misc.Signal}, of the supported module {@code jdk.unsupported}; by reflection, for javac warns
 * of that package and warnings are errors.
 */
final class Signals {
  private static final String CTRL_C = "INT";

  private Signals() {}

  /**
   * Has Ctrl-C do something else than end the process.
   *
   * @param action what it does, on a thread of its own
   * @return puts back what was before; does nothing if this JVM leaves the signal to others, as
   *     with {@code -Xrs} or in a JVM without such signals
   */
  static Runnable onCtrlC(Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = type.getConstructor(String.class).newInstance(CTRL_C);
      Method handle = type.getMethod("handle", type, handlerType);
      Object handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, args) -> {
                action.run();
                return null;
              });
      Object before = handle.invoke(null, signal, handler);
      return () -> restore(handle, signal, before);
    } catch (InvocationTargetException e) {
      return () -> {}; // the JVM, or the shell that began it, keeps the signal for itself
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("sun.misc.Signal of this JDK can't be called", e);
    }
  }

  private static void restore(Method handle, Object signal, Object handler) {
    try {
      handle.invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the handler of " + signal + " can't be put back", e);
    }
  }
}
