# SPDX-License-Identifier: Apache-2.0
"""PyTorch's ways to be fast, and to be as exact as it is asked to be.

  eager    channels_last, autocast, fused Adam
  compile  the same under torch.compile(mode="max-autotune"), which uses CUDA graphs for forward and backward
  graph    torch.compile(mode="max-autotune-no-cudagraphs"), and the whole step, data to update, captured as one CUDA graph
"""

import torch

TYPES = {"fp32": None, "tf32": None, "bf16": torch.bfloat16, "fp16": torch.float16}
WARM_UP = 4


def set_exactness(precision):
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.benchmark = True


def autocast(device, precision):
    """What layers run under; sums and losses do not."""
    half = TYPES[precision]
    return torch.autocast(device.type, dtype=half or torch.bfloat16, enabled=half is not None)


def scaler(device, precision):
    """Of the loss; it does nothing but in fp16."""
    return torch.amp.GradScaler(device.type, enabled=TYPES[precision] is torch.float16)


def prepared(step, look, mode):
    """A call of step(look) in a mode, which has run a few times."""
    if mode != "eager":
        look = torch.compile(look, mode="max-autotune" if mode == "compile" else "max-autotune-no-cudagraphs")
    if mode != "graph":
        for _ in range(WARM_UP):
            step(look)
        return lambda: step(look)
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(WARM_UP):
            step(look)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step(look)
    return graph.replay


def versions(device, mode, precision):
    on = torch.cuda.get_device_name() if device.type == "cuda" else "cpu"
    return f"PyTorch {torch.__version__}, cuDNN {torch.backends.cudnn.version()}, {mode}, {precision}, {on}"
