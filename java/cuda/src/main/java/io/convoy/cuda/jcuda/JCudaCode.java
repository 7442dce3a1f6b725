// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetCount;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuDeviceTotalMem;
import static jcuda.driver.JCudaDriver.cuDriverGetVersion;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.jcublas.JCublas2.cublasGetProperty;
import static jcuda.jcudnn.JCudnn.cudnnGetVersion;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.libraryPropertyType;
import jcuda.nvrtc.JNvrtc;

/** The machine's native code, through JCuda, whose classes load their natives when first used. */
final class JCudaCode implements NativeCode {
  private static final int NAME_LENGTH = 256;

  @Override
  public void load(Path library) {
    System.load(library.toAbsolutePath().toString());
  }

  @Override
  public int driverVersion() {
    int[] version = new int[1];
    CudaStatus.check(cuDriverGetVersion(version), "cuDriverGetVersion", "the driver");
    return version[0];
  }

  @Override
  public int init() {
    return cuInit(0);
  }

  @Override
  public String name(int status) {
    return CudaStatus.name(status);
  }

  @Override
  public int devices() {
    int[] count = new int[1];
    CudaStatus.check(cuDeviceGetCount(count), "cuDeviceGetCount", "the driver");
    return count[0];
  }

  @Override
  public DeviceFacts device(int index) {
    CUdevice device = handle(index);
    byte[] name = new byte[NAME_LENGTH];
    CudaStatus.check(cuDeviceGetName(name, name.length, device), "cuDeviceGetName", id(index));
    long[] bytes = new long[1];
    CudaStatus.check(cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem", id(index));
    return new DeviceFacts(
        new String(name, StandardCharsets.UTF_8).replaceFirst("\0.*", ""),
        bytes[0],
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device, index),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device, index),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device, index));
  }

  /** The driver's handle of a GPU. */
  static CUdevice handle(int index) {
    CUdevice device = new CUdevice();
    CudaStatus.check(cuDeviceGet(device, index), "cuDeviceGet", id(index));
    return device;
  }

  /** What users call a GPU. */
  static String id(int index) {
    return "cuda:" + index;
  }

  private static int attribute(int attribute, CUdevice device, int index) {
    int[] value = new int[1];
    CudaStatus.check(
        cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute", id(index));
    return value[0];
  }

  @Override
  public String cublasVersion() {
    return cublasProperty(libraryPropertyType.MAJOR_VERSION)
        + "."
        + cublasProperty(libraryPropertyType.MINOR_VERSION)
        + "."
        + cublasProperty(libraryPropertyType.PATCH_LEVEL);
  }

  private static int cublasProperty(int property) {
    int[] value = new int[1];
    CublasStatus.check(cublasGetProperty(property, value), "cublasGetProperty", "cuBLAS");
    return value[0];
  }

  @Override
  public String nvrtcVersion() {
    int[] major = new int[1];
    int[] minor = new int[1];
    NvrtcStatus.check(JNvrtc.nvrtcVersion(major, minor), "nvrtcVersion", "NVRTC");
    return major[0] + "." + minor[0];
  }

  @Override
  public String cudnnVersion() {
    long version = cudnnGetVersion(); // 90501 is 9.5.1
    return version / 10000 + "." + version / 100 % 100 + "." + version % 100;
  }
}
