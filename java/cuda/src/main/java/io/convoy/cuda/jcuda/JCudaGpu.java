// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;

import io.convoy.backend.DeviceInfo;
import io.convoy.backend.Resources;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.GpuInfo;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.Step;
import io.convoy.cuda.device.Transfer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import jcuda.driver.CUcontext;
import jcuda.driver.CUstream;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcudnn.JCudnn;

/** A GPU of this machine. Steps run in order on one stream; inputs go up on another. */
final class JCudaGpu implements Gpu {
  /** What cuBLAS itself takes on Hopper; it takes 4 MiB on others. */
  private static final long CUBLAS_WORKSPACE = 32L << 20;

  private final Resources resources = new Resources();
  private final String id;
  private final CUcontext context;
  private final CUstream compute;
  private final CUstream copy;
  private final DeviceMemory memory;
  private final cublasHandle cublas;
  private final CudnnHandle cudnn;
  private final AddressedMemory attributes;
  private final KernelModules kernels;
  private final String model;
  private final GpuInfo info;
  private boolean closed;

  /**
   * Opens a GPU. The libraries are loaded.
   *
   * @param index which, from 0
   * @param device what the probe says of it
   * @param noCompiler why kernels can't be compiled, if they can't
   */
  JCudaGpu(int index, DeviceInfo device, Optional<String> noCompiler) {
    id = device.id();
    jcuda.driver.JCudaDriver.setExceptionsEnabled(false);
    JCublas2.setExceptionsEnabled(false);
    JCudnn.setExceptionsEnabled(false);
    try {
      DeviceFacts facts = new JCudaCode().device(index);
      model = facts.name();
      context = Handles.context(JCudaCode.handle(index), id, resources);
      enter();
      compute = Handles.stream(id, resources);
      copy = Handles.stream(id, resources);
      memory = new DeviceMemory(id, compute, resources);
      long workspace = memory.allocate(CUBLAS_WORKSPACE, "cuBLAS' workspace");
      resources.own(workspace, memory::free);
      cublas = Handles.cublas(compute, workspace, CUBLAS_WORKSPACE, id, resources);
      cudnn = Handles.cudnn(compute, id, resources);
      attributes = AddressedMemory.pinned(id, resources);
      kernels = KernelModules.load(facts.architecture(), noCompiler, resources);
      String description = device.description() + ", kernels " + kernels.origin();
      info =
          new GpuInfo(new DeviceInfo(id, description), facts.multiprocessors(), facts.capability());
    } catch (RuntimeException e) {
      throw Failure.after(e, resources);
    }
  }

  /** Makes this GPU the calling thread's; needed before calls of the driver. */
  void enter() {
    if (closed) {
      throw new IllegalStateException(id + " is closed");
    }
    CudaStatus.check(cuCtxSetCurrent(context), "cuCtxSetCurrent", id);
  }

  /** Where steps run. */
  CUstream compute() {
    return compute;
  }

  /** Where inputs go up. */
  CUstream copy() {
    return copy;
  }

  cublasHandle cublas() {
    return cublas;
  }

  CudnnHandle cudnn() {
    return cudnn;
  }

  /** What attributes of cuDNN's backend descriptors go through. */
  AddressedMemory attributes() {
    return attributes;
  }

  KernelModules kernels() {
    return kernels;
  }

  /** Its name by the driver. */
  String model() {
    return model;
  }

  @Override
  public GpuInfo info() {
    return info;
  }

  @Override
  public long freeBytes() {
    enter();
    return memory.freeBytes();
  }

  @Override
  public long allocate(long bytes, String what) {
    enter();
    return memory.allocate(bytes, what);
  }

  @Override
  public void free(long address) {
    enter();
    memory.free(address);
  }

  @Override
  public ByteBuffer allocateHost(long bytes) {
    enter();
    return memory.allocateHost(bytes);
  }

  @Override
  public void freeHost(ByteBuffer host) {
    enter();
    memory.freeHost(host);
  }

  @Override
  public void write(long address, ByteBuffer value) {
    enter();
    memory.write(address, value);
  }

  @Override
  public void read(long address, ByteBuffer into) {
    enter();
    memory.read(address, into);
  }

  /** Waits for all steps. The other stream writes only what steps wait for. */
  void await() {
    memory.await();
  }

  @Override
  public Pipeline pipeline(List<Step> steps, List<Transfer> inputs, List<Transfer> outputs) {
    enter();
    return new JCudaPipeline(this, steps, inputs, outputs);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    try (resources) {
      enter();
    } finally {
      closed = true;
    }
  }
}
