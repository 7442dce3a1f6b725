// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names of a store of variables, and what a backend keeps for each: the part of {@link
 * Variables} that no backend does differently. Not thread-safe.
 *
 * @param <V> a variable's memory
 */
public final class VariableTable<V> {
  private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
  private boolean closed;

  private record Entry<V>(TensorSpec spec, V memory) {}

  /** Makes an empty table. */
  public VariableTable() {}

  /**
   * Tells whether a variable was added.
   *
   * @param name its name
   * @return true if it was
   */
  public boolean contains(String name) {
    requireOpen();
    return entries.containsKey(name);
  }

  /**
   * Checks that a variable can be added; to be called before its memory is allocated.
   *
   * @param name its name
   * @throws IllegalArgumentException if the name is taken
   */
  public void requireFree(String name) {
    if (contains(name)) {
      throw new IllegalArgumentException("variable '" + name + "' is declared already");
    }
  }

  /**
   * Adds a variable.
   *
   * @param name its name, which is free
   * @param spec type and shape
   * @param memory what the backend keeps
   */
  public void add(String name, TensorSpec spec, V memory) {
    requireFree(name);
    entries.put(name, new Entry<>(spec, memory));
  }

  /**
   * Finds a variable of a program.
   *
   * @param name its name
   * @param spec what the program wants
   * @return what the backend keeps
   * @throws IllegalArgumentException if it is unknown or has another type or shape
   */
  public V find(String name, TensorSpec spec) {
    Entry<V> entry = entry(name);
    if (!entry.spec().equals(spec)) {
      throw new IllegalArgumentException(
          "variable '" + name + "' is " + entry.spec() + ", the program wants " + spec);
    }
    return entry.memory();
  }

  /**
   * Finds a variable that a host buffer is to be read from or written to.
   *
   * @param name its name
   * @param buffer as many bytes as the dense variable has, from position to limit
   * @return what the backend keeps
   * @throws IllegalArgumentException if it is unknown or the size differs
   */
  public V find(String name, ByteBuffer buffer) {
    return find(name, buffer.remaining());
  }

  /**
   * Finds a variable that host memory of some size is to be read from or written to.
   *
   * @param name its name
   * @param bytes as many as the dense variable has
   * @return what the backend keeps
   * @throws IllegalArgumentException if it is unknown or the size differs
   */
  public V find(String name, int bytes) {
    Entry<V> entry = entry(name);
    if (bytes != entry.spec().bytes()) {
      throw new IllegalArgumentException(
          "variable '"
              + name
              + "' "
              + entry.spec()
              + " has "
              + entry.spec().bytes()
              + " bytes, the buffer "
              + bytes);
    }
    return entry.memory();
  }

  private Entry<V> entry(String name) {
    requireOpen();
    Entry<V> entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "variable '" + name + "' is not declared; there are " + entries.keySet());
    }
    return entry;
  }

  /**
   * Checks that the store is in use.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the variables are closed");
    }
  }

  /**
   * Forgets all variables. Any other use afterwards is an IllegalStateException.
   *
   * @return true at the first call: the backend's memory is to be freed
   */
  public boolean close() {
    boolean first = !closed;
    closed = true;
    entries.clear();
    return first;
  }
}
