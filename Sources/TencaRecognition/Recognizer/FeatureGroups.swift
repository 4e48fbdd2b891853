internal import TencaNumerics

/// Takes voices and channels out of features: the means and deviations of all frames of a group, of a
/// speaker or of a recording.
///
/// A short recording says little of its voice: its words would be taken out with it. So what is known of
/// voices in general counts as much as ``priorFrames`` frames.
enum FeatureGroups {
  /// What the training data's moments count for, in frames.
  static let priorFrames = 100.0

  /// - Parameters:
  ///   - features: frames × columns each.
  ///   - groups: Which of them belong together.
  ///   - prior: The moments of all training features.
  static func normalized(
    _ features: [NDArray<Float>], groups: [String], prior: FrameStandardization
  ) -> [NDArray<Float>] {
    let members = Dictionary(grouping: features.indices) { groups[$0] }
    var result = features
    for indices in members.values {
      var moments = FrameMoments(prior)
      for index in indices {
        features[index].withUnsafeBuffer { values in
          for row in 0..<features[index].rows {
            moments.add(values.baseAddress! + row * features[index].columns)
          }
        }
      }
      let columns = 0..<features[indices[0]].columns
      let means = columns.map { Float(moments.mean($0)) }
      let deviations = columns.map { Float(moments.deviation($0)) }
      for index in indices {
        let width = features[index].columns
        result[index].withUnsafeMutableBuffer { values in
          for position in values.indices {
            let column = position % width
            values[position] = (values[position] - means[column]) / deviations[column]
          }
        }
      }
    }
    return result
  }
}

/// Means and deviations of all frames so far, what is known beforehand counting as some of them.
struct FrameMoments {
  private var count = FeatureGroups.priorFrames
  private var sums: [Double]
  private var squares: [Double]

  /// - Parameter prior: The moments of all training features.
  init(_ prior: FrameStandardization) {
    sums = prior.means.map { Double($0) * FeatureGroups.priorFrames }
    squares = zip(prior.means, prior.deviations).map { mean, deviation in
      let square = Double(mean) * Double(mean) + Double(deviation) * Double(deviation)
      return square * FeatureGroups.priorFrames
    }
  }

  /// Counts a frame.
  mutating func add(_ frame: UnsafePointer<Float>) {
    count += 1
    for column in sums.indices {
      let value = Double(frame[column])
      sums[column] += value
      squares[column] += value * value
    }
  }

  /// The mean of a column.
  func mean(_ column: Int) -> Double { sums[column] / count }

  /// The deviation of a column, never 0.
  func deviation(_ column: Int) -> Double {
    let mean = mean(column)
    return max(squares[column] / count - mean * mean, 1e-10).squareRoot()
  }
}
