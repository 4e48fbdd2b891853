"""One training step of each reference network, in float64.

A case starts from single-precision weights and inputs, both saved, so that whoever repeats the step
starts from the same numbers; what PyTorch answers in float64 is saved rounded. Every weight is drawn
at random, also those that training starts at zero, so that every gradient matters.
"""
import platform
from importlib.metadata import version

import torch
from safetensors.torch import save_file
from torch.nn import functional as F

from goldens.networks_reference import (
    CLASSES, ConditionalDiscriminator, ConditionalGenerator, ConvolutionalVAE, DenseVAE,
    DiffusionUNet, Discriminator64, Generator64)

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
    # With seed 4 the argument of one leaky ReLU is so near to zero that single precision, also
    # PyTorch's, takes the other slope, which moves a gradient by 1e-3.
    "dcgan64": dict(batch=8, noise=100, width=32, seed=10),
    "diffusion-unet": dict(batch=8, size=32, width=32, time=128, groups=8),
}


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

    def begin(self, name, network):
        """Draw a network's weights and save them."""
        for parameter in network.parameters():
            draw = self.normal(*parameter.shape)
            if parameter.dim() > 1:
                parameter.data = draw * parameter[0].numel() ** -0.5
            else:
                # Norms scale by about 1; biases and shifts are small but not nothing.
                is_scale = bool((parameter == 1).all())
                parameter.data = is_scale + 0.1 * draw
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
        options = dict(widths[name])
        case = Case(options.pop("seed", seed))
        make(case, **options)
        size = case.write(folder / f"{name}.safetensors")
        lines.append(f"networks    {name:18} {size / 1e3:.0f} KB")
    return "\n".join(lines)
