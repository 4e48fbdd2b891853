internal import TencaNumerics

extension MixtureStatistics {
  /// The outcome of an M-step.
  struct Maximum {
    var mixture: GaussianMixture
    var removed: Int
    var floored: Int
  }

  /// The parameters that make these statistics most likely (A. Dempster, N. Laird, D. Rubin,
  /// 1977) among those whose variance is nowhere below `floor`, without components that explain
  /// fewer rows than `occupancy`.
  func maximum(floor: Double, occupancy: Double) -> Maximum {
    let occupancies = occupancies
    // One row explained wholly may come out as a little less; the fullest component stays anyway.
    let least = min(occupancy * (1 - 1e-4), occupancies.max()!)
    let kept = occupancies.indices.filter { occupancies[$0] > 0 && occupancies[$0] >= least }
    let moments = moments(of: kept)
    let total = moments.occupancies.reduce(0, +)
    let (covariances, floored) = covariance.covariances(of: moments, floor: floor)
    let mixture = GaussianMixture(
      uncheckedWeights: moments.occupancies.map { $0 / total }, meanVectors: moments.means,
      covariances: covariances)
    return Maximum(
      mixture: mixture, removed: occupancies.count - kept.count, floored: floored)
  }
}
