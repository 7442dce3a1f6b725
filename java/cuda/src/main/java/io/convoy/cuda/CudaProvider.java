// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.Availability;
import io.convoy.backend.Backend;
import io.convoy.backend.BackendProvider;
import io.convoy.cuda.device.GpuDriver;
import io.convoy.cuda.jcuda.JCudaDriver;

/** Opens the CUDA backend, which works where there are an NVIDIA GPU, its driver, and cuDNN 9. */
public final class CudaProvider implements BackendProvider {
  private final GpuDriver driver;

  /** Makes a provider of this machine's GPUs. */
  public CudaProvider() {
    this(new JCudaDriver());
  }

  CudaProvider(GpuDriver driver) {
    this.driver = driver;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public Availability probe() {
    return driver.probe();
  }

  @Override
  public Backend open(int index) {
    return new CudaBackend(driver.open(index));
  }
}
