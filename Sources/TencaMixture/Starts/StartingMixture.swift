internal import TencaNumerics

extension MixtureStart {
  /// The rows that hierarchical clustering looks at; its work grows with their square.
  private static let wardRows = 1000

  /// The first parameters, in the frame of `rows`.
  ///
  /// - Parameters:
  ///   - sample: What to look at.
  ///   - rows: All rows.
  ///   - random: Where chance comes from.
  func mixture(
    of options: GaussianMixtureOptions, sample: StartRows, rows: StandardizedRows,
    random: RandomStream, execution: Execution
  ) throws -> GaussianMixture {
    var random = random
    let kind = options.covariance
    func mixture(
      _ labels: [Int], _ count: Int, _ rows: StandardizedRows
    ) throws -> GaussianMixture {
      try MixtureStatistics(
        labels: labels, components: count, covariance: kind, rows: rows, execution: execution
      ).maximum(floor: options.varianceFloor, occupancy: 0).mixture
    }
    switch self {
    case .model(let model): return model.entering(rows.frame)
    case .labels(let labels): return try mixture(labels, options.components, rows)
    case .varied, .kMeans:
      // A few moves suffice: expectation and maximisation go on from there.
      let clusters = KMeansOptions(
        clusters: options.components, iterations: 10, seed: random.seed)
      let run = try LloydRun.best(sample.plain, options: clusters, execution: execution)
      return try mixture(run.labels.map(Int.init), run.clusters, sample.framed)
    case .kMeansPlusPlus:
      let centroids = try KMeansSeeding.centroids(
        options.components, from: sample.plain, random: &random, execution: execution)
      let nearest = NearestCentroid(centroids, columns: rows.columns)
      let labels = try execution.map(sample.plain.blocks) { block in
        try nearest.assign(sample.plain.block(block), of: sample.plain).labels.map(Int.init)
      }
      return try mixture(
        labels.flatMap { $0 }, centroids.count / rows.columns, sample.framed)
    case .randomRows:
      let means = sample.framed.frame.enter(
        means: Self.distinctRows(options.components, of: sample.values, using: &random))
      return GaussianMixture(
        uncheckedWeights: [Double](repeating: 1 / Double(means.rows), count: means.rows),
        meanVectors: means,
        covariances: .identity(kind, components: means.rows, columns: means.columns))
    case .ward:
      let step = max(1, (sample.values.rows + Self.wardRows - 1) / Self.wardRows)
      let chosen = Array(stride(from: 0, to: sample.values.rows, by: step))
      let part = sample.values.selectingRows(chosen)
      let labels = try WardClustering(part).labels(clusters: options.components)
      return try mixture(
        labels, labels.max()! + 1,
        StandardizedRows(
          part, frame: sample.frame, weights: sample.weights.map { all in chosen.map { all[$0] } }))
    }
  }

  /// At most `count` rows that differ, drawn at random.
  private static func distinctRows(
    _ count: Int, of values: NDArray<Double>, using random: inout RandomStream
  ) -> NDArray<Double> {
    var found: [[Double]] = []
    var seen = Set<[Double]>()
    for index in random.permutation(of: values.rows) where found.count < count {
      let row = values.row(index).elements
      if seen.insert(row).inserted { found.append(row) }
    }
    return NDArray(rows: found)
  }
}
