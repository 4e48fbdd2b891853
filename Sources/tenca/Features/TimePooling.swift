internal import TencaAudio
internal import TencaNumerics

/// Frames for a picture: the largest value of each column over ever longer stretches of time, so that
/// hours take no more memory than minutes.
///
/// A click of a single frame stays visible. While there are fewer frames than `limit`, they are kept
/// as they are.
struct TimePooling {
  /// More rows than a picture has pixels across.
  static let defaultLimit = 4096

  private let columns: Int
  private let limit: Int
  private var values: [Float] = []
  private var frameCount = 0
  /// The frames that a row stands for.
  private var stretch = 1

  /// Makes an empty store of at most `limit` rows, an even number.
  init(columns: Int, limit: Int = Self.defaultLimit) {
    precondition(limit >= 2 && limit % 2 == 0, "a limit of \(limit) rows")
    self.columns = columns
    self.limit = limit
  }

  /// Takes the next frames, frames × columns.
  ///
  /// - Complexity: O(rows · columns), on average.
  mutating func append(_ block: NDArray<Float>) {
    block.withUnsafeBuffer { block in
      for start in stride(from: 0, to: block.count, by: max(columns, 1)) {
        append(UnsafeBufferPointer(rebasing: block[start..<start + columns]))
      }
    }
  }

  private mutating func append(_ frame: UnsafeBufferPointer<Float>) {
    if frameCount == limit * stretch { halve() }
    if frameCount % stretch == 0 {
      values += frame
    } else {
      let start = values.count - columns
      for column in 0..<columns {
        values[start + column] = max(values[start + column], frame[column])
      }
    }
    frameCount += 1
  }

  /// Merges neighbours.
  private mutating func halve() {
    for row in 0..<limit / 2 {
      for column in 0..<columns {
        let first = 2 * row * columns + column
        values[row * columns + column] = max(values[first], values[first + columns])
      }
    }
    values.removeLast(values.count - limit / 2 * columns)
    stretch *= 2
  }

  /// The frames taken so far, as features of longer frames.
  ///
  /// - Parameter layout: What the columns are, and the times of the frames.
  func pooled(_ layout: FeatureMatrix) -> FeatureMatrix {
    var features = layout
    features.values = NDArray(values, shape: [(frameCount + stretch - 1) / stretch, columns])
    // The middle of the first stretch.
    features.firstFrameTime += Double(stretch - 1) / 2 * layout.hopSeconds
    features.hopSeconds *= Double(stretch)
    return features
  }
}
