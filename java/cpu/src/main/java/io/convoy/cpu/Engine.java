// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_destroy;

import io.convoy.backend.Resources;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;

/**
 * oneDNN's CPU and its stream, which runs what it is given at once and in order.
 *
 * @param handle the engine
 * @param stream the stream
 */
record Engine(dnnl_engine handle, dnnl_stream stream) {
  static Engine create(Resources owner) {
    dnnl_engine engine = new dnnl_engine();
    Dnnl.check(dnnl_engine_create(engine, dnnl_cpu, 0), "dnnl_engine_create");
    owner.own(engine, e -> Dnnl.check(dnnl_engine_destroy(e), "dnnl_engine_destroy"));
    dnnl_stream stream = new dnnl_stream();
    Dnnl.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "dnnl_stream_create");
    owner.own(stream, s -> Dnnl.check(dnnl_stream_destroy(s), "dnnl_stream_destroy"));
    return new Engine(engine, stream);
  }
}
