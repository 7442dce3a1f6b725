# SPDX-License-Identifier: Apache-2.0
"""The nets of the race as PyTorch builds them; images are [batch, channels, height, width] in channels_last memory."""

from torch import nn

CLASSES = 10


def workshop(channels, side):
    flat = 64 * (((side - 2) // 2 - 2) // 2) ** 2
    return nn.Sequential(
        nn.Conv2d(channels, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Dropout(0.2), nn.Flatten(),
        nn.Linear(flat, 1024), nn.ReLU(), nn.Linear(1024, CLASSES))


def lenet5(channels, side):
    flat = 16 * ((side // 2 - 4) // 2) ** 2
    return nn.Sequential(
        nn.Conv2d(channels, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(flat, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, CLASSES))


def mlp(channels, side):
    return nn.Sequential(
        nn.Flatten(), nn.Linear(channels * side * side, 512), nn.ReLU(),
        nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, CLASSES))


def digits(channels, side):
    def stage(inputs, filters, kernel, padding, pooled):
        convolution = nn.Conv2d(inputs, filters, kernel, padding=padding, bias=False)
        pooling = [nn.MaxPool2d(2)] if pooled else []
        return [convolution, *pooling, nn.BatchNorm2d(filters, eps=1e-3, momentum=0.1), nn.ReLU()]

    flat = 64 * ((side - 4) // 8) ** 2
    return nn.Sequential(
        *stage(channels, 32, 5, 0, True), *stage(32, 32, 3, 1, False),
        *stage(32, 64, 3, 1, True), *stage(64, 64, 3, 1, True),
        nn.Flatten(), nn.Linear(flat, CLASSES))


def normalized(inputs, filters, kernel, stride=1):
    """Convolution without bias, and batch normalisation."""
    return nn.Sequential(
        nn.Conv2d(inputs, filters, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(filters))


class Block(nn.Module):
    """A residual block, basic or bottleneck; its shortcut is projected where the shape changes (option B)."""

    def __init__(self, inputs, filters, stride, bottleneck):
        super().__init__()
        outputs = filters * (4 if bottleneck else 1)
        self.residual = nn.Sequential(
            normalized(inputs, filters, 1), nn.ReLU(),
            normalized(filters, filters, 3, stride), nn.ReLU(),
            normalized(filters, outputs, 1),
        ) if bottleneck else nn.Sequential(
            normalized(inputs, filters, 3, stride), nn.ReLU(), normalized(filters, outputs, 3))
        self.shortcut = nn.Identity() if inputs == outputs else normalized(inputs, outputs, 1, stride)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.residual(x) + self.shortcut(x))


def resnet(channels, side, blocks, bottleneck):
    large = side >= 64  # the paper's stem for ImageNet; smaller images enter by a 3x3 convolution
    layers = [normalized(channels, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1)] if large else [
        normalized(channels, 64, 3), nn.ReLU()]
    inputs = 64
    for stage, count in enumerate(blocks):
        for block in range(count):
            filters = 64 << stage
            layers.append(Block(inputs, filters, 2 if stage and not block else 1, bottleneck))
            inputs = filters * (4 if bottleneck else 1)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, CLASSES))


def resnet18(channels, side):
    return resnet(channels, side, (2, 2, 2, 2), False)


def resnet50(channels, side):
    return resnet(channels, side, (3, 4, 6, 3), True)


NETS = {net.__name__: net for net in (workshop, lenet5, mlp, digits, resnet18, resnet50)}
