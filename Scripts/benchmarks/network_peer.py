"""Training steps of the networks of `tenca-benchmarks networks` in PyTorch, layer for layer."""

import math

import torch
from torch import nn
from torch.nn import functional

bernoulli = functional.binary_cross_entropy_with_logits


def stack(channels, transposed=False, bias=True, norm=False, last=None, activation=nn.ReLU):
    """4 × 4 windows with stride 2 from each number of channels to the next."""
    kind = nn.ConvTranspose2d if transposed else nn.Conv2d
    layers = []
    for index, (inputs, outputs) in enumerate(zip(channels, channels[1:])):
        ends = index == len(channels) - 2
        layers.append(kind(inputs, outputs, 4, 2, 1, bias=bias))
        if norm and not ends:
            layers.append(nn.BatchNorm2d(outputs))
        layers += ([last()] if last else []) if ends and transposed else [activation()]
    return nn.Sequential(*layers)


def leaky():
    return nn.LeakyReLU(0.2)


class Autoencoder(nn.Module):
    def __init__(self, encoder, features, latent, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        self.mean, self.spread = nn.Linear(features, latent), nn.Linear(features, latent)
        self.expansion = nn.Linear(latent, features)

    def loss(self, x):
        h = self.encoder(x)
        flat = h.flatten(1)
        mean, spread = self.mean(flat), self.spread(flat)
        code = mean + torch.randn_like(mean) * (0.5 * spread).exp()
        logits = self.decoder(functional.relu(self.expansion(code)).view(h.shape))
        divergence = -0.5 * (1 + spread - mean**2 - spread.exp()).sum()
        return (bernoulli(logits, x, reduction="sum") + divergence) / len(x)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense = nn.Linear(110, 128 * 49, bias=False)
        self.norm = nn.BatchNorm2d(128)
        self.first = nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False)
        self.second = nn.BatchNorm2d(64)
        self.last = nn.ConvTranspose2d(64, 1, 4, 2, 1)

    def forward(self, code):
        h = functional.relu(self.norm(self.dense(code).view(-1, 128, 7, 7)))
        return torch.tanh(self.last(functional.relu(self.second(self.first(h)))))


def discriminator(normalizes):
    middle = [nn.BatchNorm2d(128)] if normalizes else []
    return nn.Sequential(
        nn.Conv2d(11, 64, 4, 2, 1), leaky(), nn.Conv2d(64, 128, 4, 2, 1, bias=not normalizes),
        *middle, leaky(), nn.Flatten(), nn.Linear(128 * 49, 1),
    )


def deep_generator():
    top = [nn.ConvTranspose2d(100, 256, 4, 1, 0, bias=False), nn.BatchNorm2d(256), nn.ReLU()]
    rest = stack([256, 128, 64, 32, 1], transposed=True, bias=False, norm=True, last=nn.Tanh)
    return nn.Sequential(*top, *rest)


def deep_discriminator():
    layers = [nn.Conv2d(1, 32, 4, 2, 1, bias=False), leaky()]
    for inputs in (32, 64, 128):
        layers.append(nn.Conv2d(inputs, 2 * inputs, 4, 2, 1, bias=False))
        layers += [nn.BatchNorm2d(2 * inputs), leaky()]
    return nn.Sequential(*layers, nn.Conv2d(256, 1, 4, bias=False), nn.Flatten())


class Residual(nn.Module):
    """Two convolutions beside a shortcut, moved between them by the time."""

    def __init__(self, inputs, outputs, time):
        super().__init__()
        self.norms = nn.ModuleList([nn.GroupNorm(8, inputs), nn.GroupNorm(8, outputs)])
        self.first = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.time = nn.Linear(time, outputs)
        self.shortcut = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x, time):
        h = self.first(functional.silu(self.norms[0](x))) + self.time(time)[:, :, None, None]
        return self.shortcut(x) + self.second(functional.silu(self.norms[1](h)))


class Attention(nn.Module):
    """Every pixel looks at all others, beside a shortcut."""

    def __init__(self, channels):
        super().__init__()
        self.norm = nn.GroupNorm(8, channels)
        self.projection = nn.Conv2d(channels, 3 * channels, 1)
        self.output = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        parts = self.projection(self.norm(x)).flatten(2).transpose(1, 2).chunk(3, 2)
        mixed = functional.scaled_dot_product_attention(*parts)
        return x + self.output(mixed.transpose(1, 2).reshape(x.shape))


class UNet(nn.Module):
    def __init__(self, width=32, time=128):
        super().__init__()
        wide = 2 * width
        half = torch.arange(width // 2) / (width // 2)
        self.frequencies = torch.exp(-math.log(1e4) * half)
        self.time = nn.Sequential(
            nn.Linear(width, time), nn.SiLU(), nn.Linear(time, time), nn.SiLU()
        )
        self.input = nn.Conv2d(1, width, 3, padding=1)
        sizes = [(width, width), (width, wide), (wide, wide), (wide, wide), (wide, wide)]
        sizes += [(2 * wide, wide), (2 * wide, wide), (wide, width)]
        self.blocks = nn.ModuleList([Residual(*size, time) for size in sizes])
        self.reductions = nn.ModuleList(
            [nn.Conv2d(count, count, 3, 2, 1) for count in (width, wide)]
        )
        self.attention = Attention(wide)
        self.enlargements = nn.ModuleList(
            [nn.Conv2d(wide, count, 3, padding=1) for count in (wide, width)]
        )
        self.norm, self.output = nn.GroupNorm(8, width), nn.Conv2d(width, 1, 3, padding=1)

    def forward(self, x, steps):
        angles = steps[:, None] * self.frequencies
        time = self.time(torch.cat([angles.sin(), angles.cos()], 1))
        down1, down2, down3, middle1, middle2, up3, up2, up1 = (
            lambda *inputs, block=block: block(torch.cat(inputs, 1), time) for block in self.blocks
        )
        full = down1(self.input(x))
        half = down2(self.reductions[0](full))
        quarter = down3(self.reductions[1](half))
        h = up3(middle2(self.attention(middle1(quarter))), quarter)
        h = up2(self.enlargements[0](functional.interpolate(h, scale_factor=2)), half)
        h = up1(self.enlargements[1](functional.interpolate(h, scale_factor=2)), full)
        return self.output(functional.silu(self.norm(h)))


def diffusion_step(x, layout):
    network, x = UNet().to(memory_format=layout), x.to(memory_format=layout)
    optimizer = torch.optim.Adam(network.parameters(), 2e-4)
    kept = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000), 0)

    def step():
        steps, noise = torch.randint(1000, (len(x),)), torch.randn_like(x)
        share = kept[steps][:, None, None, None]
        optimizer.zero_grad()
        estimate = network(share.sqrt() * x + (1 - share).sqrt() * noise, steps)
        functional.mse_loss(estimate, noise).backward()
        optimizer.step()

    return step


def autoencoder_step(network, x, layout):
    network, x = network.to(memory_format=layout), x.to(memory_format=layout) if x.dim() == 4 else x
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)

    def step():
        optimizer.zero_grad()
        network.loss(x).backward()
        optimizer.step()

    return step


def adversary_step(generator, critic, x, labelled, layout, penalized=False):
    generator, critic = (network.to(memory_format=layout) for network in (generator, critic))
    x = x.to(memory_format=layout)
    rate, betas = (1e-4, (0.0, 0.9)) if penalized else (2e-4, (0.5, 0.999))
    optimizers = [torch.optim.Adam(n.parameters(), rate, betas) for n in (generator, critic)]
    count = len(x)
    labels = functional.one_hot(torch.randint(10, (count,)), 10).float()
    ones, zeros = torch.ones(count, 1), torch.zeros(count, 1)

    def judged(pictures):
        if labelled:
            planes = labels[:, :, None, None].expand(-1, -1, *pictures.shape[2:])
            pictures = torch.cat([pictures, planes], 1)
        return critic(pictures)

    def penalty(fake):
        share = torch.rand(count, 1, 1, 1)
        between = (share * x + (1 - share) * fake).requires_grad_(True)
        (slope,) = torch.autograd.grad(judged(between).sum(), between, create_graph=True)
        return 10 * ((slope.flatten(1).norm(2, 1) - 1) ** 2).mean()

    def step():
        noise = torch.randn(count, 100)
        fake = generator(torch.cat([noise, labels], 1) if labelled else noise[:, :, None, None])
        constant = fake.detach()
        optimizers[1].zero_grad()
        if penalized:
            loss = judged(constant).mean() - judged(x).mean() + penalty(constant)
        else:
            loss = bernoulli(judged(x), ones) + bernoulli(judged(constant), zeros)
        loss.backward()
        optimizers[1].step()
        optimizers[0].zero_grad()
        (-judged(fake).mean() if penalized else bernoulli(judged(fake), ones)).backward()
        optimizers[0].step()

    return step


def make(name, batch, layout):
    """A step of a training, with pictures in one of PyTorch's layouts."""

    def signed(size):
        return torch.rand(batch, 1, size, size) * 2 - 1

    if name == "vaemlp":
        encoder = nn.Sequential(nn.Linear(784, 400), nn.ReLU())
        network = Autoencoder(encoder, 400, 20, nn.Linear(400, 784))
        return autoencoder_step(network, torch.rand(batch, 784), layout)
    if name == "vaeconv":
        channels = [1, 32, 64, 128, 256]
        decoder = stack(channels[::-1], transposed=True)
        network = Autoencoder(stack(channels), 256 * 32, 64, decoder)
        return autoencoder_step(network, torch.rand(batch, 1, 128, 64), layout)
    if name == "ddpm":
        return diffusion_step(signed(32), layout)
    if name == "dcgan64":
        return adversary_step(deep_generator(), deep_discriminator(), signed(64), False, layout)
    penalized = name == "wgangp"
    critic = discriminator(normalizes=not penalized)
    return adversary_step(Generator(), critic, signed(28), True, layout, penalized)
