internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

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
      let (means, deviations) = moments(indices.map { features[$0] }, prior)
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

  private static func moments(
    _ features: [NDArray<Float>], _ prior: FrameStandardization
  ) -> (means: [Float], deviations: [Float]) {
    let width = features[0].columns
    var (sums, squares, count) = (prior.sums(priorFrames), prior.squares(priorFrames), priorFrames)
    for one in features {
      one.withUnsafeBuffer { values in
        for position in values.indices {
          let value = Double(values[position])
          sums[position % width] += value
          squares[position % width] += value * value
        }
      }
      count += Double(one.rows)
    }
    let means = sums.map { $0 / count }
    let deviations = zip(squares, means).map { square, mean in
      max(square / count - mean * mean, 1e-10).squareRoot()
    }
    return (means.map { Float($0) }, deviations.map { Float($0) })
  }
}

extension FrameStandardization {
  /// The sum of so many frames of these moments.
  func sums(_ frames: Double) -> [Double] { means.map { Double($0) * frames } }

  /// The sum of the squares of so many frames of these moments.
  func squares(_ frames: Double) -> [Double] {
    zip(means, deviations).map { mean, deviation in
      let square = Double(mean) * Double(mean) + Double(deviation) * Double(deviation)
      return square * frames
    }
  }
}
