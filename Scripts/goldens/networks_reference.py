"""One training step of each reference network in PyTorch, in float64.

A case starts from single-precision weights and inputs, both saved, so that whoever repeats the step
starts from the same numbers; what PyTorch answers in float64 is saved rounded. Every weight is drawn
at random, also those that training starts at zero, so that every gradient matters. Modules are named
as the tensors of our networks are.
"""
import math
import platform
from importlib.metadata import version

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

# Widths that keep a file below 300 KB, and those that the networks are used with.
SMALL = {
    "vae-dense": dict(batch=4, pixels=784, hidden=12, latent=4),
    "vae-convolutional": dict(batch=3, size=(32, 16), channels=(4, 8, 8, 16), latent=4),
    "conditional-dcgan": dict(batch=4, noise=8, width=8),
    "wgan-gp": dict(batch=4, noise=8, width=4),
    "dcgan64": dict(batch=3, noise=6, width=3),
    "diffusion-unet": dict(batch=2, size=16, width=4, time=16, groups=2),
}
FULL = {
    "vae-dense": dict(batch=32, pixels=784, hidden=400, latent=20),
    "vae-convolutional": dict(batch=8, size=(128, 64), channels=(32, 64, 128, 256), latent=64),
    "conditional-dcgan": dict(batch=16, noise=100, width=64),
    "wgan-gp": dict(batch=16, noise=100, width=64),
    "dcgan64": dict(batch=8, noise=100, width=32),
    "diffusion-unet": dict(batch=8, size=32, width=32, time=128, groups=8),
}
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


class Case:
    """The arrays of one case, and the networks whose step they show."""

    def __init__(self, seed):
        self.random = torch.Generator().manual_seed(seed)
        self.arrays = {}

    def normal(self, *shape):
        return torch.randn(*shape, generator=self.random)

    def uniform(self, *shape):
        return torch.rand(*shape, generator=self.random)

    def labels(self, count):
        return torch.randint(CLASSES, (count,), generator=self.random)

    def give(self, name, values):
        """Save an input, and return it in float64 (counts stay what they are)."""
        self.arrays[f"input.{name}"] = values.float()
        return values.double() if values.is_floating_point() else values

    def begin(self, name, network, deviation=None):
        """Draw a network's weights and save them."""
        for parameter in network.parameters():
            matrix = parameter.dim() > 1
            spread = deviation or parameter[0].numel() ** -0.5
            draw = spread * self.normal(*parameter.shape)
            # Norms scale by about 1; biases and shifts are small but not nothing.
            is_scale = not matrix and bool((parameter == 1).all())
            parameter.data = draw if matrix else is_scale + 0.1 * self.normal(*parameter.shape)
        self.keep(f"{name}.initial", network)
        return network.double()

    def step(self, name, network, loss, optimizer):
        """Take one step against `loss` and save loss, gradients and weights."""
        gradients = torch.autograd.grad(loss, list(network.parameters()))
        self.arrays[f"{name}.loss"] = loss.detach()
        for (key, parameter), gradient in zip(network.named_parameters(), gradients):
            self.arrays[f"{name}.gradient.{key}"] = gradient
            parameter.grad = gradient
        optimizer.step()
        self.keep(f"{name}.updated", network, parameters_only=True)

    def keep(self, prefix, network, parameters_only=False):
        tensors = network.named_parameters() if parameters_only else network.state_dict().items()
        for key, tensor in tensors:
            if tensor.is_floating_point():
                self.arrays[f"{prefix}.{key}"] = tensor.detach().clone()

    def keep_statistics(self, name, network):
        for key, tensor in network.named_buffers():
            if tensor.is_floating_point():
                self.arrays[f"{name}.statistic.{key}"] = tensor.clone()

    def write(self, path):
        arrays = {name: values.float().contiguous() for name, values in self.arrays.items()}
        assert all(values.isfinite().all() for values in arrays.values())
        tools = ", ".join(
            [f"python {platform.python_version()}"]
            + [f"{package} {version(package)}" for package in ("torch", "safetensors")])
        save_file(arrays, path, metadata={"made_with": tools})
        path.chmod(0o644)
        return path.stat().st_size


def adam(network, rate, beta1, beta2):
    return torch.optim.Adam(network.parameters(), lr=rate, betas=(beta1, beta2))


def variational_step(case, network, pictures, latent):
    noise = case.give("noise", case.normal(len(pictures), latent))
    logits, mean, log_variance = network(pictures, noise)
    error = F.binary_cross_entropy_with_logits(logits, pictures, reduction="sum")
    divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum() / 2
    loss = (error + divergence) / len(pictures)
    case.step("network", network, loss, adam(network, 1e-3, 0.9, 0.999))


def dense_vae(case, batch, pixels, hidden, latent):
    network = case.begin("network", DenseVAE(pixels, hidden, latent))
    variational_step(case, network, case.give("pictures", case.uniform(batch, pixels)), latent)


def convolutional_vae(case, batch, size, channels, latent):
    network = case.begin("network", ConvolutionalVAE(size, channels, latent))
    pictures = case.give("pictures", case.uniform(batch, 1, *size))
    variational_step(case, network, pictures, latent)


def adversarial_step(case, generator, discriminator, real, fake, *condition):
    """The discriminator's step, then the generator's against the discriminator as it is then."""
    def cross_entropy(logits, truth):
        return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, truth))

    loss = cross_entropy(discriminator(real, *condition), 1.0)
    loss = loss + cross_entropy(discriminator(fake.detach(), *condition), 0.0)
    case.step("discriminator", discriminator, loss, adam(discriminator, 2e-4, 0.5, 0.999))
    loss = cross_entropy(discriminator(fake, *condition), 1.0)
    case.step("generator", generator, loss, adam(generator, 2e-4, 0.5, 0.999))
    case.keep_statistics("discriminator", discriminator)
    case.keep_statistics("generator", generator)


def conditional_dcgan(case, batch, noise, width):
    generator = case.begin("generator", ConditionalGenerator(noise, width))
    discriminator = case.begin("discriminator", ConditionalDiscriminator(width, normalized=True))
    real = case.give("pictures", 2 * case.uniform(batch, 1, 28, 28) - 1)
    labels = case.give("labels", case.labels(batch))
    fake = generator(case.give("noise", case.normal(batch, noise)), labels)
    adversarial_step(case, generator, discriminator, real, fake, labels)


def dcgan64(case, batch, noise, width):
    generator = case.begin("generator", Generator64(noise, width))
    discriminator = case.begin("discriminator", Discriminator64(width))
    real = case.give("pictures", 2 * case.uniform(batch, 1, 64, 64) - 1)
    fake = generator(case.give("noise", case.normal(batch, noise)))
    adversarial_step(case, generator, discriminator, real, fake)


def wasserstein_gan(case, batch, noise, width):
    """Gulrajani et al. 2017, equation 3 with a penalty of 10: one step of each side."""
    generator = case.begin("generator", ConditionalGenerator(noise, width))
    critic = case.begin("discriminator", ConditionalDiscriminator(width, normalized=False))
    real = case.give("pictures", 2 * case.uniform(batch, 1, 28, 28) - 1)
    labels = case.give("labels", case.labels(batch))
    fake = generator(case.give("noise", case.normal(batch, noise)), labels)
    share = case.give("share", case.uniform(batch, 1, 1, 1))
    between = torch.lerp(fake.detach(), real, share).requires_grad_()
    slope, = torch.autograd.grad(critic(between, labels).sum(), between, create_graph=True)
    penalty = ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()
    loss = critic(fake.detach(), labels).mean() - critic(real, labels).mean() + 10 * penalty
    case.step("discriminator", critic, loss, adam(critic, 1e-4, 0.0, 0.9))
    loss = -critic(fake, labels).mean()
    case.step("generator", generator, loss, adam(generator, 1e-4, 0.0, 0.9))
    case.keep_statistics("generator", generator)


def diffusion_unet(case, batch, size, width, time, groups):
    network = case.begin("network", DiffusionUNet(width, time, groups))
    steps = torch.randint(1000, (batch,), generator=case.random)
    noisy = case.give("pictures", case.normal(batch, 1, size, size))
    noise = case.give("noise", case.normal(batch, 1, size, size))
    loss = F.mse_loss(network(noisy, case.give("steps", steps)), noise)
    case.step("network", network, loss, adam(network, 2e-4, 0.9, 0.999))


CASES = {
    "vae-dense": dense_vae,
    "vae-convolutional": convolutional_vae,
    "conditional-dcgan": conditional_dcgan,
    "wgan-gp": wasserstein_gan,
    "dcgan64": dcgan64,
    "diffusion-unet": diffusion_unet,
}


def write_to(folder, widths=SMALL):
    """Write one file a network into `folder`, and say how large each is."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)  # one order of additions
    lines = []
    for seed, (name, make) in enumerate(CASES.items()):
        case = Case(seed)
        make(case, **widths[name])
        size = case.write(folder / f"{name}.safetensors")
        lines.append(f"networks    {name:18} {size / 1e3:.0f} KB")
    return "\n".join(lines)
