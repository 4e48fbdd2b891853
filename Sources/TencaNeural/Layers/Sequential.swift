/// Layers one behind another, named by their place.
public struct Sequential: Layer {
  /// The layers, first to last.
  public var layers: [any Layer]

  /// Puts layers one behind another.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// What the last layer makes of what the one before it makes.
  public mutating func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    callAsFunction(x, from: 0, &pass)
  }

  /// What the last layer makes of an input of the layer at `start`, for callers that take the place of
  /// those before.
  public mutating func callAsFunction(
    _ x: Tensor, from start: Int, _ pass: inout ForwardPass
  ) -> Tensor {
    var x = x
    for index in layers.indices.dropFirst(start) { x = layers[index](x, &pass) }
    return x
  }

  /// Shows the tensors of all layers, under names like "0.weight".
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    for index in layers.indices { try layers[index].forEachTensor("\(path)\(index).", body) }
  }
}

extension Array: Network where Element: Network {
  /// Shows the tensors of all networks, under names like "0.weight".
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    for index in indices { try self[index].forEachTensor("\(path)\(index).", body) }
  }
}
