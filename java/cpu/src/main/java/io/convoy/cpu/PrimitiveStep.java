// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import io.convoy.backend.Resources;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.javacpp.Pointer;

/** A oneDNN primitive with its arguments. */
final class PrimitiveStep implements Step {
  private final String name;
  private final Engine engine;
  private final PrimitiveDesc desc;
  private final List<Argument> arguments;
  private dnnl_primitive primitive;
  private dnnl_exec_arg_t executionArguments;

  PrimitiveStep(String name, Engine engine, PrimitiveDesc desc, List<Argument> arguments) {
    this.name = name;
    this.engine = engine;
    this.desc = desc;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public List<Buffer> buffers() {
    return arguments.stream().map(Argument::buffer).toList();
  }

  @Override
  public void bind(Resources owner) {
    primitive = new dnnl_primitive();
    Dnnl.check(dnnl_primitive_create(primitive, desc.handle()), "dnnl_primitive_create");
    owner.own(primitive, p -> Dnnl.check(dnnl_primitive_destroy(p), "dnnl_primitive_destroy"));
    executionArguments = owner.own(new dnnl_exec_arg_t(arguments.size()), Pointer::close);
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      executionArguments.position(i).arg(argument.role()).memory(memory(owner, argument));
    }
    executionArguments.position(0);
  }

  private dnnl_memory memory(Resources owner, Argument argument) {
    dnnl_memory memory = new dnnl_memory();
    Dnnl.check(
        dnnl_memory_create(
            memory, argument.layout().handle(), engine.handle(), argument.buffer().address()),
        "dnnl_memory_create");
    return owner.own(memory, m -> Dnnl.check(dnnl_memory_destroy(m), "dnnl_memory_destroy"));
  }

  @Override
  public void run() {
    int status =
        dnnl_primitive_execute(primitive, engine.stream(), arguments.size(), executionArguments);
    if (status != 0) {
      Dnnl.check(status, "'" + name + "': dnnl_primitive_execute");
    }
  }

  @Override
  public String describe() {
    return name
        + ": "
        + desc.implementation()
        + "\n    "
        + arguments.stream().map(Argument::describe).collect(Collectors.joining(", "));
  }
}
