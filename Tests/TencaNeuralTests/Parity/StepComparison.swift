import TencaNumerics
import Testing

@testable import TencaNeural

/// Holds a network's step against PyTorch's.
struct StepComparison {
  let golden: StepGolden
  /// `network`, `generator` or `discriminator`.
  let prefix: String
  /// Tensors of dense layers beside a flattened picture, with the axis that runs over its pixels.
  var flattened: [String: FlattenedAxis] = [:]
  /// What PyTorch's network calls what goes by another name here.
  var counterparts: [String: Counterpart] = [:]
  /// The largest error so far, relative to the largest number of its tensor.
  private(set) var worst = 0.0

  init(
    _ golden: StepGolden, _ prefix: String, flattened: [String: FlattenedAxis] = [:],
    counterparts: [String: Counterpart] = [:]
  ) {
    (self.golden, self.prefix, self.flattened) = (golden, prefix, flattened)
    self.counterparts = counterparts
  }

  /// Takes the initial weights.
  func load(_ network: inout some Network) throws {
    network = network.converted(to: golden.precision)
    try network.forEachTensor("") { name, _, tensor in
      guard let loaded = try expected("initial", name) else {
        tensor = Tensor(zeros: tensor.shape, precision: tensor.precision)
        return
      }
      #expect(loaded.shape == tensor.shape, "\(prefix) \(name)")
      tensor = loaded
    }
  }

  /// Compares loss and gradients, takes the step, and compares the weights behind it.
  mutating func step(
    _ network: inout some Network, loss: Tensor, _ gradients: [Tensor],
    _ optimizer: inout Optimizer
  ) throws {
    compare("loss", loss, try golden.tensor("\(prefix).loss"))
    let names = network.parameterNames
    let answers = try names.map { try expected("gradient", $0) }
    let largest = answers.compactMap { $0?.largestMagnitude }.max() ?? 0
    for (name, (found, answer)) in zip(names, zip(gradients, answers)) {
      guard let answer else { continue }
      // A gradient that is zero but for rounding (that of keys' biases is) has no scale of its own.
      compare("gradient of \(name)", found, answer, floor: 1e-3 * largest)
    }
    optimizer.update(&network, gradients)
    try network.forEachTensor("") { name, _, tensor in
      // What PyTorch's network does not have stays 0, so that what follows is the same.
      if try expected("initial", name) == nil {
        tensor = Tensor(zeros: tensor.shape, precision: tensor.precision)
      }
    }
    // Adam makes a whole step of any gradient, in single precision also of one that is mere rounding.
    let certain = golden.precision == .double ? 0 : 1e-5 * largest
    for (name, (weight, slope)) in zip(names, zip(network.parameters, answers)) {
      guard let slope, let answer = try expected("updated", name) else { continue }
      let compared = zip(slope.elements, zip(weight.elements, answer.elements)).map {
        slope, weights in abs(slope) < certain ? weights.1 : weights.0
      }
      compare("updated \(name)", Tensor(compared, shape: weight.shape), answer)
    }
  }

  /// Compares running moments.
  mutating func compareStatistics(_ network: some Network) throws {
    var network = network
    var statistics: [(String, Tensor)] = []
    network.forEachTensor("") { name, role, tensor in
      if role == .statistic { statistics.append((name, tensor)) }
    }
    for (name, tensor) in statistics {
      if let answer = try expected("statistic", name) {
        compare("statistic \(name)", tensor, answer)
      }
    }
  }

  /// PyTorch's tensor; nil for one that its network does not have.
  private func expected(_ kind: String, _ name: String) throws -> Tensor? {
    let counterpart = counterparts[name] ?? .called(name)
    switch counterpart {
    case .none: return nil
    case .called(let theirs):
      let tensor = try golden.tensor("\(prefix).\(kind).\(theirs)")
      return flattened[name].map { $0.withChannelsLast(tensor) } ?? tensor
    case .window(let theirs, let order):
      let tensor = try golden.tensor("\(prefix).\(kind).\(theirs)").permuted(order)
      return order.last == 0
        ? tensor.reshaped([-1, tensor.shape[3]]) : tensor.reshaped([tensor.shape[0], -1])
    }
  }

  private mutating func compare(
    _ what: String, _ found: Tensor, _ answer: Tensor, floor: Double = 0
  ) {
    #expect(found.shape == answer.shape, "\(prefix): \(what)")
    let answers = answer.elements
    let scale = answers.reduce(floor) { max($0, abs($1)) }
    let error = zip(found.elements, answers).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
    // The answers are rounded to 24 bits, so doubles agree to about 1e-7.
    let limit = golden.precision == .double ? 1e-6 : 1e-4
    #expect(error < limit, "\(prefix): \(what)")
    worst = max(worst, error)
  }
}

/// What stands in PyTorch's network for a tensor of ours.
enum Counterpart {
  /// Nothing: a bias that it does not have, which begins with 0 here.
  case none
  /// A tensor of another name.
  case called(String)
  /// A convolution whose window is the whole picture, which is a dense layer; with the order of its axes
  /// that makes it one.
  case window(String, order: [Int])
}

/// An axis of a dense layer's weights along which the pixels of a picture lie.
struct FlattenedAxis {
  let axis: Int
  let channels: Int

  /// The weights for pictures flattened with channels last, from those for channels first.
  func withChannelsLast(_ weights: Tensor) -> Tensor {
    var split = weights.shape
    split.replaceSubrange(axis...axis, with: [channels, weights.shape[axis] / channels])
    var order = Array(split.indices)
    order.swapAt(axis, axis + 1)
    return weights.reshaped(split).permuted(order).reshaped(weights.shape)
  }
}

extension Tensor {
  /// The largest absolute value.
  fileprivate var largestMagnitude: Double { elements.reduce(0) { max($0, abs($1)) } }
}
