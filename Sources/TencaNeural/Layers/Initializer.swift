internal import Foundation
public import TencaNumerics

/// How a layer's weights begin.
public enum Initializer: Sendable, Hashable {
  /// Normal around `mean`.
  case normal(mean: Double = 0, deviation: Double)
  /// Even between ±1/√fanIn, the default of PyTorch's layers.
  case fanIn
  /// Even between ±√(6 / (fanIn + fanOut)) (Glorot & Bengio 2010).
  case glorot
  /// Normal with deviation √(2 / fanIn), for ReLUs (He et al. 2015).
  case he
  /// All the same.
  case constant(Double)

  /// A tensor of numbers drawn so.
  ///
  /// - Parameters:
  ///   - fanIn: The numbers that flow into one output.
  ///   - fanOut: The outputs that one number flows into.
  public func tensor(
    _ shape: [Int], fanIn: Int, fanOut: Int, _ random: inout RandomStream
  ) -> Tensor {
    switch self {
    case .normal(let mean, let deviation):
      let noise = Tensor(normal: shape, deviation: deviation, from: &random)
      return mean == 0 ? noise : (noise + mean).detached()
    case .fanIn:
      let bound = 1 / Double(max(fanIn, 1)).squareRoot()
      return Tensor(uniform: shape, in: -bound..<bound, from: &random)
    case .glorot:
      let bound = (6 / Double(fanIn + fanOut)).squareRoot()
      return Tensor(uniform: shape, in: -bound..<bound, from: &random)
    case .he:
      return Tensor(
        normal: shape, deviation: (2 / Double(max(fanIn, 1))).squareRoot(), from: &random)
    case .constant(let value):
      return Tensor(repeating: value, shape: shape)
    }
  }
}
