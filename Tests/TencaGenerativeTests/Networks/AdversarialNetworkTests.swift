import TencaGenerative
import TencaNeural
import TencaNumerics
import Testing

/// Gradients and passes are held against PyTorch's in TencaNeuralTests/Parity; here is what weights
/// begin with, and that widths and channels can be chosen.
@Suite("adversarial networks")
struct AdversarialNetworkTests {
  @Test("the conditional pair takes colour, widths and classes")
  func conditional() {
    var random = RandomStream(seed: 1)
    var generator = ConditionalGenerator28(
      noise: 5, classes: 3, width: 4, channels: 3, &random)
    var discriminator = ConditionalDiscriminator28(classes: 3, width: 4, channels: 3, &random)
    var pass = ForwardPass.training(random)
    let noise = Tensor(normal: [2, 5], from: &random)
    let pictures = generator(noise, labels: [0, 2], &pass)
    #expect(pictures.shape == [2, 28, 28, 3])
    #expect(pictures.elements.allSatisfy { (-1...1).contains($0) })
    #expect(discriminator(pictures, labels: [0, 2], &pass).shape == [2])
  }

  @Test("the class changes pictures and judgements")
  func classes() {
    var random = RandomStream(seed: 2)
    var generator = ConditionalGenerator28(noise: 5, classes: 3, width: 2, &random)
    var discriminator = ConditionalDiscriminator28(
      classes: 3, width: 2, isNormalized: false, &random)
    let noise = Tensor(normal: [1, 5], from: &random)
    var pass = ForwardPass.inference
    let pictures = generator(noise, labels: [0], &pass)
    #expect(generator(noise, labels: [1], &pass).elements != pictures.elements)
    let judgements = [0, 1].map { discriminator(pictures, labels: [$0], &pass).scalar }
    #expect(judgements[0] != judgements[1])
  }

  @Test("pictures of 64 pixels take colour and widths")
  func large() {
    var random = RandomStream(seed: 3)
    var generator = Generator64(noise: 5, width: 2, channels: 3, &random)
    var discriminator = Discriminator64(width: 2, channels: 3, &random)
    var pass = ForwardPass.training(random)
    let pictures = generator(Tensor(normal: [2, 5], from: &random), &pass)
    #expect(pictures.shape == [2, 64, 64, 3])
    #expect(discriminator(pictures, &pass).shape == [2])
  }

  @Test("weights begin with the deviation 0.02, scales about 1, and biases at 0")
  func start() {
    var random = RandomStream(seed: 4)
    let network = Generator64(noise: 32, width: 8, &random)
    for (name, tensor) in zip(network.parameterNames, network.parameters) where tensor.count > 999 {
      let deviation = (tensor.squared().mean().scalar).squareRoot()
      // A thousand draws or more: the relative error of a deviation is 1/√2000 or less.
      #expect(abs(deviation / 0.02 - 1) < 5 / 2000.0.squareRoot(), "\(name)")
    }
    let pair = ConditionalDiscriminator28(width: 8, &random)
    for (name, tensor) in zip(pair.parameterNames, pair.parameters) where name.hasSuffix("bias") {
      #expect(tensor.elements.allSatisfy { $0 == 0 }, "\(name)")
    }
  }
}
