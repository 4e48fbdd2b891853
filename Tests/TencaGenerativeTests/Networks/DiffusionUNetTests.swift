import TencaGenerative
import TencaNeural
import TencaNumerics
import Testing

/// Gradients and passes are held against PyTorch's in TencaNeuralTests/Parity.
@Suite("diffusion U-net")
struct DiffusionUNetTests {
  @Test("the first estimates are zero, in the shape of the pictures")
  func start() {
    var random = RandomStream(seed: 1)
    let network = DiffusionUNet(channels: 3, width: 4, time: 6, groups: 2, &random)
    var pass = ForwardPass.inference
    let x = Tensor(normal: [2, 8, 12, 3], from: &random)
    let estimate = network(x, steps: [0, 999], &pass)
    #expect(estimate.shape == x.shape)
    #expect(estimate.elements.allSatisfy { $0 == 0 })
  }

  @Test("the step changes the estimate")
  func steps() {
    var random = RandomStream(seed: 2)
    var network = DiffusionUNet(width: 4, time: 6, groups: 2, &random)
    network.forEachTensor("") { _, _, tensor in
      tensor = (tensor + Tensor(normal: tensor.shape, deviation: 0.1, from: &random)).detached()
    }
    var pass = ForwardPass.inference
    let x = Tensor(normal: [1, 8, 8, 1], from: &random)
    let estimates = [3, 400].map { network(x, steps: [$0], &pass).elements }
    #expect(estimates[0] != estimates[1])
    #expect(network(x, steps: [3], &pass).elements == estimates[0])
  }

  @Test("a network of the usual widths has as many weights as PyTorch's")
  func size() {
    var random = RandomStream(seed: 3)
    // sum(p.numel() for p in DiffusionUNet(32, 128, 8).parameters()), the class of
    // Scripts/goldens/networks_reference.py.
    #expect(DiffusionUNet(&random).parameterCount == 764_929)
  }
}
