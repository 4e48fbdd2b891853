internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// What keeps Gaussians alive on few data.
struct GaussianLimits: Sendable, Equatable {
  /// The least variance, as a share of the whole data's, which is 1 on the common scale.
  var varianceFloor = 0.01
  /// A Gaussian that explains fewer frames than this is taken out, unless it is its state's last.
  var minimumOccupancy = 3.0
}

extension GaussianBank {
  /// The M-step: every Gaussian's weight, mean and variance from what it explains.
  ///
  /// Starved Gaussians are taken out and their weight goes to the others of the state. A state that
  /// explains nothing at all stays as it is, so no number of data leads to one that is none.
  ///
  /// - Complexity: O(Gaussians · columns).
  func maximized(_ statistics: BankStatistics, limits: GaussianLimits) -> GaussianBank {
    var (sizes, weights) = ([Int](), [Double]())
    var (means, variances) = ([Double](), [Double]())
    let width = columns
    for state in 0..<stateCount {
      let all = Array(gaussians(of: state))
      let richest = all.max { statistics.occupancy($0) < statistics.occupancy($1) }!
      let kept = all.filter {
        statistics.occupancy($0) >= limits.minimumOccupancy || $0 == richest
      }
      let total = kept.reduce(0) { $0 + statistics.occupancy($1) }
      sizes.append(kept.count)
      for gaussian in kept {
        let occupancy = statistics.occupancy(gaussian)
        guard total > 0, occupancy > 0 else {
          weights.append(1 / Double(kept.count))
          means += meanVectors.row(gaussian).elements
          variances += self.variances.row(gaussian).elements
          continue
        }
        weights.append(occupancy / total)
        for column in 0..<width {
          let mean = statistics.sums[gaussian, column] / occupancy
          let square = statistics.sums[gaussian, width + column] / occupancy
          means.append(mean)
          // One or two frames have no spread of their own: the old variance counts as a frame.
          let spread =
            (max(square - mean * mean, 0) * occupancy + self.variances[gaussian, column])
            / (occupancy + 1)
          variances.append(max(spread, limits.varianceFloor))
        }
      }
    }
    return GaussianBank(
      unchecked: sizes, weights: weights,
      meanVectors: NDArray(means, shape: [weights.count, width]),
      variances: NDArray(variances, shape: [weights.count, width]))
  }

  /// Splits heavy Gaussians until every state has as many as are asked for: the two halves stand at
  /// the mean ± 0.2 σ, with half the weight each (Young et al., The HTK Book; Kaldi's recipe).
  ///
  /// - Parameters:
  ///   - targets: The number of Gaussians wanted of each state; a state that has more keeps them.
  ///   - occupancies: The frames of each state: no Gaussian is split that would leave its halves fewer
  ///     than twice the minimum.
  func grown(to targets: [Int], occupancies: [Double], limits: GaussianLimits) -> GaussianBank {
    var (sizes, weights) = ([Int](), [Double]())
    var (means, variances) = ([[Double]](), [[Double]]())
    for state in 0..<stateCount {
      let range = gaussians(of: state)
      var own = range.map {
        (
          weight: self.weights[$0], mean: meanVectors.row($0).elements,
          variance: self.variances.row($0).elements
        )
      }
      while own.count < targets[state] {
        let heaviest = own.indices.max { own[$0].weight < own[$1].weight }!
        guard own[heaviest].weight * occupancies[state] >= 4 * limits.minimumOccupancy else {
          break
        }
        own[heaviest].weight /= 2
        var twin = own[heaviest]
        for column in twin.mean.indices {
          let shift = 0.2 * twin.variance[column].squareRoot()
          own[heaviest].mean[column] -= shift
          twin.mean[column] += shift
        }
        own.append(twin)
      }
      sizes.append(own.count)
      weights += own.map(\.weight)
      means += own.map(\.mean)
      variances += own.map(\.variance)
    }
    return GaussianBank(
      unchecked: sizes, weights: weights, meanVectors: NDArray(rows: means),
      variances: NDArray(rows: variances))
  }

  /// How many Gaussians each state gets of a number for all: by its frames to a power, so that
  /// frequent states get more, but not in proportion (Kaldi's gmm-mixup).
  static func allotment(of total: Int, occupancies: [Double], power: Double) -> [Int] {
    let shares = occupancies.map { pow(max($0, 0), power) }
    let sum = shares.reduce(0, +)
    guard sum > 0 else { return occupancies.map { _ in 1 } }
    return shares.map { max(1, Int((Double(total) * $0 / sum).rounded())) }
  }
}
