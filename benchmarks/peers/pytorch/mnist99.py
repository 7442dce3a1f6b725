# SPDX-License-Identifier: Apache-2.0
"""PyTorch from its first step to the accuracy on MNIST's 10,000 test images, once a seed.

  python3 mnist99.py net=digits parameters=71466 batch=500 epochs=1 rate=0.02 rise=0.2 evaluated=2500 \
      seeds=1,2,3,4,5 precision=bf16 mode=graph device=cuda

Prints one line of JSON behind "@contest ". The clock runs through training and that evaluation; the net is compiled before,
the data set lies on the device, and each kind of step has run. The modes are those of modes.py.
"""

import gzip
import json
import math
import pathlib
import sys
import time

import torch
from torch import nn
from torch.nn import functional

import modes
from nets import NETS

MARK = "@contest "
MNIST = pathlib.Path(__file__).parents[3] / "java/mnist/src/main/resources/io/convoy/mnist"


def idx(name, header):
    """The bytes of an IDX file behind its header."""
    with gzip.open(MNIST / name) as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


class Data:
    def __init__(self, which, device):
        labels = idx(which + "-labels-idx1-ubyte.gz", 8)
        images = idx(which + "-images-idx3-ubyte.gz", 16).reshape(len(labels), 1, 28, 28)
        self.images = images.to(device).contiguous(memory_format=torch.channels_last)
        self.labels = labels.to(device, torch.int64)


def start(net):
    """Weights as Convoy draws them, and everything that is kept as it is before the first step."""
    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.BatchNorm2d):
            module.reset_parameters()


class Sprinter:
    """A net with its steps, which stay as they are when it starts anew."""

    def __init__(self, options):
        self.options = options
        self.device = torch.device(options["device"])
        self.gpu = self.device.type == "cuda"
        self.precision = options["precision"]
        self.mode = options["mode"]
        self.batch = int(options["batch"])
        modes.set_exactness(self.precision)
        self.train_data = Data("train", self.device)
        self.test_data = Data("t10k", self.device)
        self.net = NETS[options["net"]](1, 28).to(self.device, memory_format=torch.channels_last)
        parameters = sum(p.numel() for p in self.net.parameters() if p.requires_grad)
        if parameters != int(options["parameters"]):
            sys.exit(f"{parameters} parameters instead of {options['parameters']}")
        self.rates = self.schedule().to(self.device)
        fast = {"fused": True, "capturable": True} if self.gpu else {"capturable": False}
        self.rate = torch.zeros((), device=self.device)
        self.adam = torch.optim.Adam(self.net.parameters(), lr=self.rate, eps=1e-7, **fast)
        self.scaler = modes.scaler(self.device, self.precision)
        self.index = torch.zeros(self.batch, dtype=torch.int64, device=self.device)
        self.shown = torch.zeros(int(options["evaluated"]), dtype=torch.int64, device=self.device)
        self.correct = torch.zeros((), device=self.device)
        self.train = self.prepare(self.train_step, True)
        self.evaluate = self.prepare(self.evaluation_step, False)

    def steps(self):
        return len(self.train_data.labels) // self.batch * int(self.options["epochs"])

    def schedule(self):
        """The rate of each step: rises in equal steps, falls to 0 as half a cosine."""
        steps = self.steps()
        rise = int(float(self.options["rise"]) * steps)
        factors = [(i + 1) / rise if i < rise else (1 + math.cos(math.pi * (i - rise) / (steps - rise))) / 2
                   for i in range(steps)]
        return float(self.options["rate"]) * torch.tensor(factors)

    def look(self, images):
        with modes.autocast(self.device, self.precision):
            return self.net(images.to(torch.float32) / 255).float()

    def train_step(self, look):
        self.adam.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(look(self.train_data.images[self.index]), self.train_data.labels[self.index])
        self.scaler.scale(loss).backward()
        self.scaler.step(self.adam)
        self.scaler.update()

    @torch.no_grad()
    def evaluation_step(self, look):
        logits = look(self.test_data.images[self.shown])
        self.correct += (logits.argmax(1) == self.test_data.labels[self.shown]).sum()

    def prepare(self, step, training):
        self.net.train(training)
        return modes.prepared(step, self.look, self.mode)

    def restart(self, seed):
        torch.manual_seed(seed)
        start(self.net)
        for state in self.adam.state.values():
            for value in state.values():
                value.zero_()
        self.correct.zero_()
        if self.gpu:
            torch.cuda.synchronize()

    def run(self, seed):
        """Milliseconds, and percent of the test images that are told apart."""
        self.restart(seed)
        begin = time.perf_counter()
        self.net.train()
        count, step = len(self.train_data.labels), 0
        for _ in range(int(self.options["epochs"])):
            order = torch.randperm(count, device=self.device)
            for first in range(0, count - self.batch + 1, self.batch):
                self.index.copy_(order[first:first + self.batch])
                self.rate.copy_(self.rates[step])
                self.train()
                step += 1
        self.net.eval()
        images = torch.arange(len(self.test_data.labels), device=self.device)
        for part in images.split(len(self.shown)):
            self.shown.copy_(part)
            self.evaluate()
        percent = 100 * self.correct.item() / len(images)  # waits for the device
        return 1000 * (time.perf_counter() - begin), percent


def main():
    options = dict(argument.split("=", 1) for argument in sys.argv[1:])
    sprinter = Sprinter(options)
    runs = [sprinter.run(int(seed)) for seed in options["seeds"].split(",")]
    line = {
        "framework": "pytorch-" + sprinter.mode,
        "versions": modes.versions(sprinter.device, sprinter.mode, sprinter.precision),
        "milliseconds": [milliseconds for milliseconds, _ in runs],
        "accuracies": [percent for _, percent in runs],
    }
    print(MARK + json.dumps(line), flush=True)


main()
