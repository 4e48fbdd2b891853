public import TencaNumerics

/// What a tensor in a network is for.
public enum TensorRole: Sendable {
  /// Learned by gradients.
  case parameter
  /// Gathered in passing, as running means are.
  case statistic
}

/// A network or a part of one: a value that holds tensors under names.
///
/// Since networks are values, a copy is a snapshot: averaged weights, the best model so far and the
/// state before a trial step are all just copies.
public protocol Network: Sendable {
  /// Shows every tensor, always in the same order, to `body`, which may change it.
  ///
  /// - Parameter path: What names begin with: "encoder.".
  mutating func forEachTensor(
    _ path: String,
    _ body: (_ name: String, _ role: TensorRole, _ tensor: inout Tensor) throws -> Void
  ) rethrows
}

/// A network of one input and one output.
public protocol Layer: Network {
  /// The output; where the pass is a training one, statistics are gathered.
  mutating func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor
}

/// How an input passes through layers.
public struct ForwardPass: Sendable {
  /// Whether the network is being trained: batch statistics are taken from the batch, and dropout drops.
  public let isTraining: Bool
  /// Where layers that need chance take it from.
  public var random: RandomStream

  /// A pass for learning.
  public static func training(_ random: RandomStream) -> ForwardPass {
    ForwardPass(isTraining: true, random: random)
  }

  /// A pass for using what was learned.
  public static var inference: ForwardPass {
    ForwardPass(isTraining: false, random: RandomStream(seed: 0))
  }
}

extension Network {
  /// The learned tensors, in order.
  public var parameters: [Tensor] {
    var copy = self
    var result: [Tensor] = []
    copy.forEachTensor("") { _, role, tensor in if role == .parameter { result.append(tensor) } }
    return result
  }

  /// The names of the learned tensors, in order.
  public var parameterNames: [String] {
    var copy = self
    var result: [String] = []
    copy.forEachTensor("") { name, role, _ in if role == .parameter { result.append(name) } }
    return result
  }

  /// How many numbers are learned.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// The network with parameters by which results can be differentiated.
  ///
  /// - Parameter path: What names begin with where a run that diverges names a tensor: "generator.".
  public func watched(_ path: String = "") -> Self {
    let search = NonFiniteSearch.current
    var copy = self
    copy.forEachTensor(path) { name, role, tensor in
      if role == .parameter { tensor = tensor.watched() }
      search?.look(at: tensor, of: name, node: tensor.node)
    }
    return copy
  }

  /// The network with all its numbers in another precision.
  public func converted(to precision: Precision) -> Self {
    var copy = self
    copy.forEachTensor("") { _, _, tensor in tensor = tensor.converted(to: precision) }
    return copy
  }

  /// Takes over what another copy of this network gathered in passing.
  public mutating func takeStatistics(from other: Self) {
    var other = other
    var statistics: [Tensor] = []
    other.forEachTensor("") { _, role, tensor in
      if role == .statistic { statistics.append(tensor.detached()) }
    }
    var next = statistics.makeIterator()
    forEachTensor("") { _, role, tensor in
      if role == .statistic, let statistic = next.next() { tensor = statistic }
    }
  }

  /// A loss and its gradients by this network's parameters.
  ///
  /// - Parameters:
  ///   - path: What names begin with where a run that diverges names a tensor: "generator.".
  ///   - loss: Computes the loss with the network it is given, a watched copy; what that copy gathers
  ///     in passing is kept.
  /// - Throws: ``NeuralError/diverged(what:place:step:)`` for a loss or a gradient that is not finite,
  ///   before anything is changed; and what `loss` throws.
  public mutating func lossAndGradients(
    _ path: String = "", _ loss: (inout Self) throws -> Tensor
  ) throws -> (loss: Tensor, gradients: [Tensor]) {
    var copy = watched(path)
    let value = try loss(&copy)
    let slopes = try copy.finiteGradients(of: value, path)
    takeStatistics(from: copy)
    return (value.detached(), slopes)
  }

  /// The gradients of a loss by this network's parameters, which are watched.
  ///
  /// - Throws: ``NeuralError/diverged(what:place:step:)`` for a loss or a gradient that is not finite.
  public func finiteGradients(of loss: Tensor, _ path: String = "") throws -> [Tensor] {
    guard loss.isFinite else { throw NeuralError.diverged(what: "the loss") }
    let slopes = gradients(of: loss, withRespectTo: parameters)
    // Gradients flow from the last layer to the first, so the last one is where it began.
    if let index = slopes.lastIndex(where: { !$0.isFinite }) {
      throw NeuralError.diverged(
        what: "the gradient", place: .gradient(path + parameterNames[index]))
    }
    return slopes
  }
}

extension Network {
  /// All tensors by name, to be saved.
  public func arrays(prefix: String = "") -> [String: ArchivedArray] {
    var copy = self
    var result: [String: ArchivedArray] = [:]
    copy.forEachTensor(prefix) { name, _, tensor in result[name] = tensor.archived }
    return result
  }

  /// Takes tensors by name.
  ///
  /// - Throws: ``NeuralError/missingTensor(name:)`` and ``NeuralError/wrongShape(name:found:expected:)``.
  public mutating func load(_ arrays: [String: ArchivedArray], prefix: String = "") throws {
    try forEachTensor(prefix) { name, _, tensor in
      guard let array = arrays[name] else { throw NeuralError.missingTensor(name: name) }
      guard array.shape == tensor.shape else {
        throw NeuralError.wrongShape(name: name, found: array.shape, expected: tensor.shape)
      }
      let loaded = Tensor(array).converted(to: tensor.precision)
      guard loaded.isFinite else { throw NeuralError.notFinite(name: name) }
      tensor = loaded
    }
  }
}

extension Tensor {
  /// The tensor as a model file keeps it.
  public var archived: ArchivedArray {
    switch precision {
    case .single: .float(floatArray)
    case .double: .double(NDArray(elements, shape: shape))
    }
  }

  /// A tensor from a model file.
  public init(_ array: ArchivedArray) {
    switch array {
    case .float(let array): self.init(array)
    case .double(let array): self.init(array)
    }
  }
}
