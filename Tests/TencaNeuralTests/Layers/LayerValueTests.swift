import Foundation
import TencaNumerics
import Testing

@testable import TencaNeural

/// Numbers of PyTorch 2.15.0: `F.layer_norm`, `F.group_norm`, `F.instance_norm`, `F.conv1d`,
/// `F.conv_transpose1d` and `nn.MultiheadAttention` of the tensors given here.
@Suite("what layers make of numbers")
struct LayerValueTests {
  private var pass = ForwardPass.inference
  private var random = RandomStream(seed: 1)
  /// (3c + l + 1)² for the channel c at the place l.
  private let squares = Tensor(
    (0..<12).map { index in
      let n = Double(3 * (index % 4) + index / 4 + 1)
      return n * n
    }, shape: [1, 3, 4])

  @Test("normalisation of rows, groups and channels")
  mutating func normalization() {
    let rows = LayerNormalization(3)(Tensor([1, 2, 4, 0, 5, 1], shape: [2, 1, 3]), &pass)
    #expect(
      isNear(rows, [-1.0690414, -0.2672603, 1.3363018, -0.9258191, 1.3887286, -0.4629095]))
    let groups = GroupNormalization(4, groups: 2)(squares, &pass)
    #expect(
      isNear(
        groups,
        [
          -1.1600379, 0.0682376, -1.3571197, 0.2099696, -0.9143828, 0.8052028, -0.8962111,
          0.8552416, -0.5049577, 1.7059382, -0.3738480, 1.5619681,
        ]))
    let channels = InstanceNormalization(4)(squares, &pass)
    #expect(
      isNear(
        channels,
        [
          -1.1111673, -1.1819516, -1.1984493, -1.2057726, -0.2020304, -0.0815139, -0.0509977,
          -0.0371004, 1.3131977, 1.2634655, 1.2494472, 1.2428740,
        ]))
  }

  @Test("convolution along one axis and its transpose")
  mutating func convolution() {
    let x = Tensor([1, 0, 2, 1, -1, 4, 3, -2, 0, 2], shape: [1, 5, 2])
    let taps = Tensor([1, -1, 2, 0.5, 1, 0], shape: [1, 2, 3])
    var down = Convolution1D(2, 1, kernel: 3, stride: 2, padding: (1, 1), &random)
    down.weight = taps
    down.bias = Tensor([0.25])
    #expect(isNear(down(x, &pass), [3.25, 13.75, 4.25]))
    var up = Convolution1D(
      2, 1, kernel: 3, stride: 2, padding: (1, 1), isTransposed: true, bias: false, &random)
    up.weight = taps.reshaped([2, 1, 3])
    #expect(isNear(up(x, &pass), [-1, 4.5, -1, 5, 5, 0, -5, 7, 2]))
  }

  @Test("attention with two heads, and causal")
  mutating func attention() {
    func wave(_ shape: [Int], _ value: (Double) -> Double) -> Tensor {
      let count = shape.reduce(1, *)
      return Tensor(
        (0..<count).map { value(Double($0)) }, shape: shape, precision: .double)
    }
    var layer = MultiHeadAttention(4, heads: 2, &random)
    layer.projection.weight = wave([12, 4], sin)
    layer.projection.bias = wave([12], cos)
    layer.output.weight = wave([4, 4]) { cos(2 * $0) }
    layer.output.bias = wave([4]) { $0 / 10 }
    let x = wave([1, 3, 4]) { sin(3 * $0) }
    #expect(
      isNear(
        layer(x, &pass),
        [
          0.45979896, -0.64670886, -0.04250664, 1.11727836, 0.44591348, -0.60238559,
          -0.04151924, 1.07266775, 0.43622001, -0.57836854, -0.03881473, 1.04786369,
        ]))
    #expect(
      isNear(
        layer(x, isCausal: true, &pass),
        [
          0.50369982, -0.08583620, -0.24962148, 0.61667612, 0.45726023, -0.38769431,
          -0.11534116, 0.87945866, 0.43622001, -0.57836854, -0.03881473, 1.04786369,
        ]))
  }

  @Test("dropout keeps the mean, repeats with its seed, and ends with training")
  mutating func dropout() {
    let layer = Dropout(0.25)
    let x = Tensor(repeating: 3, shape: [100, 100])
    func dropped(seed: UInt64) -> [Double] {
      var pass = ForwardPass.training(RandomStream(seed: seed))
      return layer(x, &pass).elements
    }
    let first = dropped(seed: 4)
    #expect(first.allSatisfy { $0 == 0 || $0 == 4 })
    // 10 000 draws: five standard deviations are 0.0217.
    let share = Double(first.count { $0 == 0 }) / 1e4
    #expect(abs(share - 0.25) < 0.0217)
    #expect(first == dropped(seed: 4))
    #expect(first != dropped(seed: 5))
    #expect(layer(x, &pass).elements == x.elements)
    var training = ForwardPass.training(RandomStream(seed: 4))
    // Chance moves on within a pass.
    #expect(layer(x, &training).elements != layer(x, &training).elements)
  }

  @Test("an embedding gives its rows")
  mutating func embedding() {
    let table = Embedding(4, 2, &random)
    let rows = table.weight.elements
    #expect(table([3, 0, 3]).elements == [rows[6], rows[7], rows[0], rows[1], rows[6], rows[7]])
  }

  @Test("layers one behind another are named by their place")
  mutating func sequential() throws {
    var network = Sequential([
      Linear(3, 2, activation: .relu, &random), Dropout(0.5), Linear(2, 1, bias: false, &random),
    ])
    #expect(network.parameterNames == ["0.weight", "0.bias", "2.weight"])
    let (first, last) = (network.layers[0] as! Linear, network.layers[2] as! Linear)
    let x = Tensor([1, -2, 0.5], shape: [1, 3])
    let expected = last(first(x, &pass), &pass)
    #expect(network(x, &pass).elements == expected.elements)
    let (_, slopes) = try network.lossAndGradients { copy in copy(x, &pass).sum() }
    #expect(slopes.map(\.shape) == [[2, 3], [2], [1, 2]])
  }
}
