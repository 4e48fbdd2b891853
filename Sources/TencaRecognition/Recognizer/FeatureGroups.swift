internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Takes voices and channels out of features: the means and deviations of all frames of a group, of a
/// speaker or of a recording.
enum FeatureGroups {
  /// - Parameters:
  ///   - features: frames × columns each.
  ///   - groups: Which of them belong together.
  static func normalized(
    _ features: [NDArray<Float>], groups: [String]
  ) -> [NDArray<Float>] {
    let members = Dictionary(grouping: features.indices) { groups[$0] }
    var result = features
    for indices in members.values {
      let (means, deviations) = moments(indices.map { features[$0] })
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

  private static func moments(_ features: [NDArray<Float>]) -> (means: [Float], deviations: [Float]) {
    let width = features[0].columns
    var (sums, squares, count) = (
      [Double](repeating: 0, count: width), [Double](repeating: 0, count: width), 0.0
    )
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
