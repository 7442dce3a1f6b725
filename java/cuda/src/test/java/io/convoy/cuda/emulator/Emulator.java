// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.backend.BackendException;
import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Grid;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The program that keeps device memory and launches the kernels on the CPU; what is said to it,
 * cuda-kernels/test/emulator.cpp documents. What it finds wrong is a {@link BackendException}.
 */
final class Emulator implements AutoCloseable {
  private static final String PROGRAM = "target/cmake/cuda-kernels/emulator";

  /** In the order of their numbers. */
  private enum Operation {
    ALLOCATE,
    FREE,
    WRITE,
    READ,
    LAUNCH,
    SIGNATURES
  }

  static final int READ = 1;
  static final int WRITE = 2;

  private final Process process;
  private final OutputStream requests;
  private final InputStream replies;
  private final Map<String, String> signatures;

  /**
   * Starts the program.
   *
   * @param program by {@link #program}
   */
  Emulator(Path program) {
    try {
      process =
          new ProcessBuilder(program.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    requests = process.getOutputStream();
    replies = process.getInputStream();
    signatures =
        text(ask(request(Operation.SIGNATURES, 0)))
            .lines()
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(words -> words[0], words -> words[1]));
  }

  /** Finds the program: by the property convoy.emulator, or where CMake builds it. */
  static Optional<Path> program() {
    String named = System.getProperty("convoy.emulator");
    Optional<Path> program =
        named != null ? Optional.of(Path.of(named)) : root().map(r -> r.resolve(PROGRAM));
    return program.filter(Files::isExecutable);
  }

  /** The repository's root, at or above the working directory. */
  private static Optional<Path> root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("cuda-kernels/CMakeLists.txt"))) {
      at = at.getParent();
    }
    return Optional.ofNullable(at);
  }

  /**
   * A letter for each parameter of a kernel: p pointer, l 64-bit integer, i 32-bit integer, f
   * float.
   */
  String signature(String kernel) {
    String signature = signatures.get(kernel);
    if (signature == null) {
      throw new BackendException("the emulator has no kernel '" + kernel + "'");
    }
    return signature;
  }

  /** Allocates zeros. */
  long allocate(long bytes, String what) {
    byte[] name = what.getBytes(StandardCharsets.UTF_8);
    ByteBuffer request = request(Operation.ALLOCATE, Long.BYTES + Integer.BYTES + name.length);
    return ask(request.putLong(bytes).putInt(name.length).put(name)).getLong();
  }

  void free(long address) {
    ask(request(Operation.FREE, Long.BYTES).putLong(address));
  }

  /** Writes what lies from position to limit, which stay. */
  void write(long address, ByteBuffer value) {
    ByteBuffer request = request(Operation.WRITE, Long.BYTES + value.remaining());
    ask(request.putLong(address).put(value.duplicate()));
  }

  /** Fills from position to limit, which stay. */
  void read(long address, ByteBuffer into) {
    ByteBuffer request = request(Operation.READ, 2 * Long.BYTES);
    into.duplicate().put(ask(request.putLong(address).putLong(into.remaining())));
  }

  /**
   * Launches a kernel.
   *
   * @param slots its arguments, 32-bit ones in the low half
   * @param accesses all that it may do with memory
   * @return of each access, what was done: {@link #READ}, {@link #WRITE}, both or nothing
   */
  int[] launch(String kernel, Grid grid, int block, long[] slots, List<Access> accesses) {
    byte[] name = kernel.getBytes(StandardCharsets.UTF_8);
    int range = 2 * Long.BYTES + Integer.BYTES;
    int numbers = 7 * Integer.BYTES + slots.length * Long.BYTES + accesses.size() * range;
    ByteBuffer request = request(Operation.LAUNCH, name.length + numbers);
    request.putInt(name.length).put(name);
    request.putInt(grid.x()).putInt(grid.y()).putInt(grid.z()).putInt(block);
    request.putInt(slots.length);
    for (long slot : slots) {
      request.putLong(slot);
    }
    request.putInt(accesses.size());
    for (Access access : accesses) {
      Buffer buffer = access.buffer();
      request.putLong(buffer.address()).putLong(buffer.bytes()).putInt(bits(access));
    }
    int[] done = new int[accesses.size()];
    ask(request).asIntBuffer().get(done);
    return done;
  }

  /** What an access may do, as {@link #launch} tells what was done. */
  static int bits(Access access) {
    return (access.read() > 0 ? READ : 0) | (access.written() > 0 ? WRITE : 0);
  }

  private static ByteBuffer request(Operation operation, int bytes) {
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(Integer.BYTES + bytes)
        .putInt(operation.ordinal());
  }

  /** Returns what is answered. */
  private ByteBuffer ask(ByteBuffer request) {
    try {
      requests.write(request.array());
      requests.flush();
      ByteBuffer reply = receive(Math.toIntExact(receive(Long.BYTES).getLong()));
      if (reply.getInt() != 0) {
        throw new BackendException("emulator: " + text(reply));
      }
      return reply;
    } catch (IOException e) {
      throw new BackendException("the emulator ended by itself: " + process, e);
    }
  }

  private ByteBuffer receive(int bytes) throws IOException {
    byte[] received = replies.readNBytes(bytes);
    if (received.length < bytes) {
      throw new IOException("end of its output");
    }
    return ByteBuffer.wrap(received).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** Ends the program. */
  @Override
  public void close() {
    try {
      requests.close();
      replies.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
