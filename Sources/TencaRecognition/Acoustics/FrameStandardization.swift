internal import TencaMixture
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Brings frames to the scale that acoustic models work on: every column with mean 0 and deviation 1
/// over the training data.
///
/// Single precision then serves everywhere, and floors of variances are shares of the data's own.
public struct FrameStandardization: Sendable, Equatable {
  /// One mean a column.
  public let means: [Float]
  /// One standard deviation a column, none 0.
  public let deviations: [Float]

  /// The scale of known numbers.
  public init(means: [Float], deviations: [Float]) {
    self.means = means
    self.deviations = deviations
  }

  /// Measures the frames of all `features`, frames × columns each.
  ///
  /// - Throws: `MixtureError` for a number that is not finite.
  public init(of features: [NDArray<Float>], execution: Execution = .serial) throws {
    let scale = try ColumnStandardization(of: NDArray.concatenated(features), execution: execution)
    means = scale.means.map { Float($0) }
    deviations = scale.deviations.map { Float($0) }
  }

  /// What a log-density loses on the way back to the columns' own scale.
  public var logVolume: Double { deviations.reduce(0) { $0 + log(Double($1)) } }

  private static let limit: Float = 1e6

  /// The number of columns.
  public var columns: Int { means.count }

  /// Frames ready to be scored: z, its squares and a 1, frames × (2 · columns + 1).
  ///
  /// A diagonal Gaussian's log-density is a linear function of these, so that all Gaussians of all
  /// states are one matrix product.
  ///
  /// - Throws: ``RecognitionError/badFeatures(reason:)`` for another number of columns or a number
  ///   that is none.
  public func powers(of features: NDArray<Float>) throws -> NDArray<Float> {
    let width = columns
    guard features.rank == 2, features.columns == width else {
      throw RecognitionError.badFeatures(
        reason: "\(features.shape.last ?? 0) columns, the model takes \(width)")
    }
    var bad: Int?
    let result = NDArray<Float>(shape: [features.rows, 2 * width + 1]) { target in
      features.withUnsafeBuffer { source in
        for row in 0..<features.rows {
          let start = row * (2 * width + 1)
          for column in 0..<width {
            let raw = (source[row * width + column] - means[column]) / deviations[column]
            if raw.isNaN { bad = bad ?? row }
            // Beyond this a frame is as unlikely as can be told, and its square stays finite.
            let value = min(max(raw, -Self.limit), Self.limit)
            target[start + column] = value
            target[start + width + column] = value * value
          }
          target[start + 2 * width] = 1
        }
      }
    }
    if let bad {
      throw RecognitionError.badFeatures(reason: "frame \(bad) holds NaN")
    }
    return result
  }
}
