# SPDX-License-Identifier: Apache-2.0
"""PyTorch in the race on a GPU: epochs over a data set that lies on the device, timed one by one.

  python3 race.py net=resnet18 side=32 channels=3 batch=512 images=51200 precision=bf16 \
      parameters=11173962 phases=train,infer seconds=4 mode=graph device=cuda

Prints one line of JSON behind "@contest " for each phase. The modes are those of modes.py.
"""

import json
import math
import sys
import time

import torch
from torch.nn import functional

import modes
from nets import CLASSES, NETS

MARK = "@contest "
SIGNAL = 0.7  # share of an image that its class decides; the rest is noise
LEARNED = 0.7 * math.log(CLASSES)  # how far the loss must be below that of guessing before anything is timed
MOST_EPOCHS = 20  # to get there
LEAST_SAMPLES = 3
RATE = 1e-3


class Data:
    """Images that a net can learn, each its class's pattern under noise, and their labels, on the device."""

    def __init__(self, options, device):
        count, channels, side = int(options["images"]), int(options["channels"]), int(options["side"])
        random = torch.Generator().manual_seed(20)
        patterns = torch.rand(CLASSES, channels, side, side, generator=random)
        labels = torch.randint(CLASSES, (count,), generator=random)
        images = torch.empty(count, channels, side, side, dtype=torch.uint8)
        for first in range(0, count, 1024):  # in parts: the floats of all images would take gigabytes
            part = labels[first:first + 1024]
            noise = torch.rand(len(part), channels, side, side, generator=random)
            images[first:first + 1024] = (255 * (SIGNAL * patterns[part] + (1 - SIGNAL) * noise)).to(torch.uint8)
        self.images = images.to(device).contiguous(memory_format=torch.channels_last)
        self.labels = labels.to(device)


class Racer:
    """A net in training. Sums of loss and correct answers stay on the device until an epoch ends."""

    def __init__(self, options):
        self.device = torch.device(options["device"])
        self.precision = options["precision"]
        self.mode = options["mode"]
        self.batch = int(options["batch"])
        modes.set_exactness(self.precision)
        torch.manual_seed(1)
        self.data = Data(options, self.device)
        self.net = NETS[options["net"]](int(options["channels"]), int(options["side"]))
        self.net.to(self.device, memory_format=torch.channels_last)
        fast = {"fused": True, "capturable": True} if self.device.type == "cuda" else {}
        self.adam = torch.optim.Adam(self.net.parameters(), lr=RATE, **fast)
        self.scaler = modes.scaler(self.device, self.precision)
        self.index = torch.zeros(self.batch, dtype=torch.int64, device=self.device)
        self.sums = torch.zeros(2, device=self.device)
        self.steps = {"train": self.prepare(self.train, True), "infer": self.prepare(self.infer, False)}

    def parameters(self):
        return sum(p.numel() for p in self.net.parameters() if p.requires_grad)

    def look(self):
        """Logits, loss and labels of the batch that self.index names."""
        images = self.data.images[self.index].to(torch.float32) / 255
        labels = self.data.labels[self.index]
        with modes.autocast(self.device, self.precision):
            logits = self.net(images)
        loss = functional.cross_entropy(logits.float(), labels)
        correct = (logits.argmax(1) == labels).sum()
        return loss, torch.stack((loss.detach(), correct.float()))

    def train(self, look):
        self.adam.zero_grad(set_to_none=True)  # so that the backward pass writes gradients and adds none
        loss, sums = look()
        self.scaler.scale(loss).backward()
        self.scaler.step(self.adam)
        self.scaler.update()
        self.sums += sums

    @torch.no_grad()
    def infer(self, look):
        self.sums += look()[1]

    def prepare(self, step, training):
        self.net.train(training)
        return modes.prepared(step, self.look, self.mode)

    def epoch(self, phase):
        """One pass in random order; returns images a second and the mean loss."""
        self.net.train(phase == "train")
        step = self.steps[phase]
        count = len(self.data.labels)
        begin = time.perf_counter()
        order = torch.randperm(count, device=self.device)
        self.sums.zero_()
        for first in range(0, count - self.batch + 1, self.batch):
            self.index.copy_(order[first:first + self.batch])
            step()
        loss = self.sums[0].item() / (count // self.batch)  # waits for the device
        return count / (time.perf_counter() - begin), loss


def learn(racer, parameters):
    """Refuses to time a net that is another one, or does not learn."""
    if racer.parameters() != parameters:
        sys.exit(f"{racer.parameters()} parameters instead of {parameters}")
    before = racer.epoch("infer")[1]
    after, epochs = before, 0
    while not after < LEARNED and epochs < MOST_EPOCHS:
        racer.epoch("train")
        after, epochs = racer.epoch("infer")[1], epochs + 1
    text = f"loss {before:.3f}, after {epochs} epochs {after:.3f}"
    if not after < LEARNED:
        sys.exit(text + "; it does not learn")
    return text


def rates(racer, phase, seconds):
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds / 2:
        racer.epoch(phase)
    samples, begin = [], time.perf_counter()
    while len(samples) < LEAST_SAMPLES or time.perf_counter() - begin < seconds:
        samples.append(racer.epoch(phase)[0])
    return samples


def main():
    options = dict(argument.split("=", 1) for argument in sys.argv[1:])
    racer = Racer(options)
    learned = learn(racer, int(options["parameters"]))
    for phase in options["phases"].split(","):
        line = {
            "framework": "pytorch-" + racer.mode,
            "versions": modes.versions(racer.device, racer.mode, racer.precision),
            "net": options["net"],
            "phase": phase,
            "learned": f"pytorch-{racer.mode} {options['net']}: {learned}",
            "batch": racer.batch,
            "threads": torch.get_num_threads(),
            "imagesPerSecond": rates(racer, phase, float(options["seconds"])),
        }
        print(MARK + json.dumps(line), flush=True)


main()
