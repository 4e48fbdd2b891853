"""The reference networks in PyTorch, their modules named as the tensors of our networks are."""
import math

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 10


class DenseVAE(nn.Module):
    def __init__(self, pixels, hidden, latent):
        super().__init__()
        self.encoder = nn.Linear(pixels, hidden)
        self.mean = nn.Linear(hidden, latent)
        self.log_variance = nn.Linear(hidden, latent)
        self.decoder = nn.Linear(latent, hidden)
        self.output = nn.Linear(hidden, pixels)

    def forward(self, x, noise):
        h = self.encoder(x).relu()
        mean, log_variance = self.mean(h), self.log_variance(h)
        z = mean + noise * (log_variance / 2).exp()
        return self.output(self.decoder(z).relu()), mean, log_variance


class ConvolutionalVAE(nn.Module):
    def __init__(self, size, channels, latent):
        super().__init__()
        self.corner = (channels[-1], size[0] // 2 ** len(channels), size[1] // 2 ** len(channels))
        flat = math.prod(self.corner)
        down = (1, *channels)
        up = down[::-1]
        self.encoder = nn.ModuleList(nn.Conv2d(a, b, 4, 2, 1) for a, b in zip(down, down[1:]))
        self.mean = nn.Linear(flat, latent)
        self.log_variance = nn.Linear(flat, latent)
        self.project = nn.Linear(latent, flat)
        self.decoder = nn.ModuleList(nn.ConvTranspose2d(a, b, 4, 2, 1) for a, b in zip(up, up[1:]))

    def forward(self, x, noise):
        for layer in self.encoder:
            x = layer(x).relu()
        h = x.flatten(1)
        mean, log_variance = self.mean(h), self.log_variance(h)
        h = self.project(mean + noise * (log_variance / 2).exp()).relu()
        h = h.unflatten(1, self.corner)
        for index, layer in enumerate(self.decoder):
            h = layer(h if index == 0 else h.relu())
        return h, mean, log_variance


class ConditionalGenerator(nn.Module):
    def __init__(self, noise, width):
        super().__init__()
        self.project = nn.Linear(noise + CLASSES, 2 * width * 49, bias=False)
        self.norm1 = nn.BatchNorm2d(2 * width)
        self.enlarge1 = nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.enlarge2 = nn.ConvTranspose2d(width, 1, 4, 2, 1)

    def forward(self, noise, labels):
        x = torch.cat([noise, F.one_hot(labels, CLASSES).to(noise.dtype)], dim=1)
        x = self.norm1(self.project(x).unflatten(1, (-1, 7, 7))).relu()
        x = self.norm2(self.enlarge1(x)).relu()
        return self.enlarge2(x).tanh()


class ConditionalDiscriminator(nn.Module):
    def __init__(self, width, normalized):
        super().__init__()
        self.reduce1 = nn.Conv2d(1 + CLASSES, width, 4, 2, 1)
        self.reduce2 = nn.Conv2d(width, 2 * width, 4, 2, 1, bias=not normalized)
        if normalized:
            self.norm2 = nn.BatchNorm2d(2 * width)
        self.normalized = normalized
        self.score = nn.Linear(2 * width * 49, 1)

    def forward(self, x, labels):
        planes = F.one_hot(labels, CLASSES).to(x.dtype)[:, :, None, None].repeat(1, 1, 28, 28)
        x = F.leaky_relu(self.reduce1(torch.cat([x, planes], dim=1)), 0.2)
        x = self.reduce2(x)
        x = F.leaky_relu(self.norm2(x) if self.normalized else x, 0.2)
        return self.score(x.flatten(1))[:, 0]


class Generator64(nn.Module):
    def __init__(self, noise, width):
        super().__init__()
        sizes = [noise, 8 * width, 4 * width, 2 * width, width, 1]
        self.convolutions = nn.ModuleList(
            nn.ConvTranspose2d(a, b, 4, 2 if i else 1, 1 if i else 0, bias=False)
            for i, (a, b) in enumerate(zip(sizes, sizes[1:]))
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(size) for size in sizes[1:-1])

    def forward(self, noise):
        x = self.convolutions[0](noise[:, :, None, None])
        for norm, convolution in zip(self.norms, self.convolutions[1:]):
            x = convolution(norm(x).relu())
        return x.tanh()


class Discriminator64(nn.Module):
    def __init__(self, width):
        super().__init__()
        sizes = [1, width, 2 * width, 4 * width, 8 * width, 1]
        self.convolutions = nn.ModuleList(
            nn.Conv2d(a, b, 4, 2 if i < 4 else 1, 1 if i < 4 else 0, bias=False)
            for i, (a, b) in enumerate(zip(sizes, sizes[1:]))
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(size) for size in sizes[2:-1])

    def forward(self, x):
        x = F.leaky_relu(self.convolutions[0](x), 0.2)
        for convolution, norm in zip(self.convolutions[1:], self.norms):
            x = F.leaky_relu(norm(convolution(x)), 0.2)
        return self.convolutions[-1](x).flatten()


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, time, groups):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, inputs)
        self.convolution1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.time = nn.Linear(time, outputs)
        self.norm2 = nn.GroupNorm(groups, outputs)
        self.convolution2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        if inputs != outputs:
            self.shortcut = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x, time):
        h = self.convolution1(F.silu(self.norm1(x)))
        h = h + self.time(F.silu(time)).unflatten(1, (-1, 1, 1))
        h = self.convolution2(F.silu(self.norm2(h)))
        return h + (self.shortcut(x) if hasattr(self, "shortcut") else x)


class Attention(nn.Module):
    def __init__(self, channels, groups):
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels)
        self.projection = nn.Conv2d(channels, 3 * channels, 1)
        self.output = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        parts = self.projection(self.norm(x)).flatten(2).transpose(1, 2).chunk(3, dim=2)
        mixed = F.scaled_dot_product_attention(*parts)
        return x + self.output(mixed.transpose(1, 2).reshape(x.shape))


class DiffusionUNet(nn.Module):
    def __init__(self, width, time, groups):
        super().__init__()
        wide = 2 * width
        block = lambda inputs, outputs: ResidualBlock(inputs, outputs, time, groups)
        self.width = width
        self.time1, self.time2 = nn.Linear(width, time), nn.Linear(time, time)
        self.input = nn.Conv2d(1, width, 3, padding=1)
        self.down1 = block(width, width)
        self.reduce1 = nn.Conv2d(width, width, 3, 2, 1)
        self.down2 = block(width, wide)
        self.reduce2 = nn.Conv2d(wide, wide, 3, 2, 1)
        self.down3 = block(wide, wide)
        self.middle1, self.attention, self.middle2 = (
            block(wide, wide), Attention(wide, groups), block(wide, wide))
        self.up3 = block(2 * wide, wide)
        self.enlarge2 = nn.Conv2d(wide, wide, 3, padding=1)
        self.up2 = block(2 * wide, wide)
        self.enlarge1 = nn.Conv2d(wide, width, 3, padding=1)
        self.up1 = block(wide, width)
        self.norm = nn.GroupNorm(groups, width)
        self.output = nn.Conv2d(width, 1, 3, padding=1)

    def forward(self, x, steps):
        half = self.width // 2
        rates = 1e4 ** (-torch.arange(half, dtype=x.dtype) / half)
        angles = torch.outer(steps.to(x.dtype), rates)
        time = torch.cat([angles.sin(), angles.cos()], dim=1)
        time = self.time2(F.silu(self.time1(time)))
        a = self.down1(self.input(x), time)
        b = self.down2(self.reduce1(a), time)
        c = self.down3(self.reduce2(b), time)
        h = self.middle2(self.attention(self.middle1(c, time)), time)
        h = self.up3(torch.cat([h, c], dim=1), time)
        h = self.up2(torch.cat([self.enlarge2(twice(h)), b], dim=1), time)
        h = self.up1(torch.cat([self.enlarge1(twice(h)), a], dim=1), time)
        return self.output(F.silu(self.norm(h)))


def twice(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")
