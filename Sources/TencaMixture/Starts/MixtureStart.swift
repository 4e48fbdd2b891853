/// Where expectation and maximisation begin.
public enum MixtureStart: Sendable, Equatable {
  /// From each of the next four in turn, restart by restart: k-means, Ward's clusters, random
  /// rows, k-means++, and again without Ward's, which would repeat itself.
  case varied
  /// From clusters by ``KMeans``.
  case kMeans
  /// From the clusters around the first centroids that k-means++ draws.
  case kMeansPlusPlus
  /// From rows drawn at random as means, with the covariance of all rows.
  case randomRows
  /// From the clusters of ``WardClustering`` of at most 1000 rows.
  case ward
  /// From known clusters: the component of every row.
  case labels([Int])
  /// From known parameters.
  case model(GaussianMixture)

  /// The kind of start in words.
  var name: String {
    switch self {
    case .varied: "varied"
    case .kMeans: "k-means"
    case .kMeansPlusPlus: "k-means++"
    case .randomRows: "random rows"
    case .ward: "Ward"
    case .labels: "labels"
    case .model: "model"
    }
  }

  /// What is tried in so many restarts; a start without chance is tried once.
  func sequence(_ restarts: Int) -> [MixtureStart] {
    switch self {
    case .ward, .labels, .model: [self]
    case .kMeans, .kMeansPlusPlus, .randomRows: [MixtureStart](repeating: self, count: restarts)
    case .varied:
      (0..<restarts).map { restart in
        switch restart % 4 {
        case 0: .kMeans
        case 1: restart == 1 ? .ward : .randomRows
        case 2: .randomRows
        default: .kMeansPlusPlus
        }
      }
    }
  }
}
