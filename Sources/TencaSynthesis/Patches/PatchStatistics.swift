public import TencaNumerics

/// What is learned of logarithms from training sounds, to bring them to 0...1 and back.
public struct PatchStatistics: Sendable, Codable, Equatable {
  /// What becomes 0, a row each.
  public let low: [Float]
  /// What becomes 1, a row each.
  public let high: [Float]

  /// A row that never changes is spread over this much all the same.
  private static let leastSpread: Float = 1e-3
  /// Standard deviations to either side of the mean that are kept.
  private static let deviations = 3.0

  /// Learns from logarithms, each height × width.
  public init(_ patches: [NDArray<Float>], scaling: PatchOptions.Scaling) {
    precondition(!patches.isEmpty, "nothing to learn from")
    let height = patches[0].rows
    let limits: [ClosedRange<Float>]
    switch scaling {
    case .range:
      let lows = patches.map { $0.withUnsafeBuffer { $0.min() ?? 0 } }
      let highs = patches.map { $0.withUnsafeBuffer { $0.max() ?? 0 } }
      limits = Array(repeating: (lows.min() ?? 0)...(highs.max() ?? 0), count: height)
    case .deviations:
      limits = (0..<height).map { Self.deviations(ofRow: $0, patches) }
    }
    low = limits.map(\.lowerBound)
    high = limits.map { max($0.upperBound, $0.lowerBound + Self.leastSpread) }
  }

  /// What lies within three standard deviations of a row's mean.
  private static func deviations(
    ofRow row: Int, _ patches: [NDArray<Float>]
  ) -> ClosedRange<Float> {
    let width = patches[0].columns
    let count = Double(patches.count * width)
    func sum(_ term: (Double) -> Double) -> Double {
      patches.reduce(0) { total, patch in
        patch.withUnsafeBuffer { values in
          values[(row * width)..<((row + 1) * width)].reduce(total) { $0 + term(Double($1)) }
        }
      }
    }
    let mean = sum { $0 } / count
    let reach = deviations * (sum { ($0 - mean) * ($0 - mean) } / count).squareRoot()
    let least = Double(leastSpread) / 2
    return Float(mean - max(reach, least))...Float(mean + max(reach, least))
  }

  /// Logarithms (height × width) as numbers of 0...1; what lies beyond is clipped.
  func scaled(_ values: NDArray<Float>) -> NDArray<Float> {
    mapped(values) { row, value in
      min(max((value - low[row]) / (high[row] - low[row]), 0), 1)
    }
  }

  /// Numbers of 0...1 as logarithms; what lies beyond is clipped.
  func unscaled(_ values: NDArray<Float>) -> NDArray<Float> {
    mapped(values) { row, value in
      low[row] + min(max(value, 0), 1) * (high[row] - low[row])
    }
  }

  private func mapped(
    _ values: NDArray<Float>, _ transform: (Int, Float) -> Float
  ) -> NDArray<Float> {
    precondition(
      values.rank == 2 && values.rows == low.count, "shape \(values.shape) for \(low.count) rows")
    let width = values.columns
    return values.withUnsafeBuffer { source in
      NDArray(shape: values.shape) { target in
        for index in source.indices {
          target.initializeElement(at: index, to: transform(index / width, source[index]))
        }
      }
    }
  }
}
