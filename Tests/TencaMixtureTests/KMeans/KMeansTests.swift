import TencaMixture
import TencaNumerics
import Testing

@Suite struct KMeansTests {
  /// Σ of squared distances and labels, in plain loops.
  private func assign(_ data: NDArray<Float>, to centroids: NDArray<Double>) -> ([Int], Double) {
    var labels: [Int] = []
    var inertia = 0.0
    for x in nested(data) {
      let distances = (0..<centroids.rows).map { k in
        x.indices.reduce(0.0) { sum, d in
          sum + (x[d] - centroids[k, d]) * (x[d] - centroids[k, d])
        }
      }
      labels.append(distances.firstIndex(of: distances.min()!)!)
      inertia += distances.min()!
    }
    return (labels, inertia)
  }

  @Test func matchesScikitLearn() throws {
    // KMeans(3, n_init=50, random_state=0).fit(X.astype(float)), scikit-learn 1.9.1
    let fit = try KMeans.fit(
      referenceData, options: KMeansOptions(clusters: 3, tolerance: 0, restarts: 50))
    #expect(abs(fit.inertia - 71.11317928974732) < 1e-9)
    let centroids = (0..<3).map { fit.model.centroids.row($0).elements }.sorted { $0[0] < $1[0] }
    let expected = [
      [0.5212499871850014, 9.62250006198883, 4.904999881982803],
      [0.7575000002980232, 14.317500114440918, 4.942500114440918],
      [2.6799999872843423, 3.965833316246669, 4.552500029404958],
    ]
    #expect(largestDifference(centroids.flatMap { $0 }, expected.flatMap { $0 }) < 1e-9)
    #expect(fit.converged && fit.warnings.isEmpty)
  }

  @Test(arguments: 0..<40) func isConsistentAndDescends(problem: Int) throws {
    let data = clusteredData(
      rows: 30 + 17 * problem, columns: 1 + problem % 5, clusters: 4, seed: UInt64(problem))
    let fit = try KMeans.fit(
      data, options: KMeansOptions(clusters: 1 + problem % 9, tolerance: 0, seed: UInt64(problem)))
    let (labels, inertia) = assign(data, to: fit.model.centroids)
    #expect(fit.labels == labels)
    #expect(try fit.model.assign(data) == labels)
    #expect(abs(fit.inertia - inertia) < 1e-9 * inertia)
    for (before, after) in zip(fit.inertiaHistory, fit.inertiaHistory.dropFirst()) {
      #expect(after <= before * (1 + 1e-12))
    }
    // Converged without tolerance: every centroid is the mean of its rows.
    try #require(fit.converged)
    for k in 0..<fit.model.centroids.rows {
      let own = zip(nested(data), labels).filter { $0.1 == k }.map(\.0)
      let mean = (0..<data.columns).map { d in
        own.reduce(0) { $0 + $1[d] } / Double(own.count)
      }
      #expect(largestDifference(fit.model.centroids.row(k).elements, mean) < 1e-9)
    }
  }

  @Test func threadsDoNotChangeAByte() throws {
    let data = clusteredData(rows: 9000, columns: 3, clusters: 6, seed: 1)
    let options = KMeansOptions(clusters: 6, restarts: 2, seed: 5)
    let one = try KMeans.fit(data, options: options)
    #expect(try KMeans.fit(data, options: options, execution: Execution(threads: 2)) == one)
    #expect(try KMeans.fit(data, options: options, execution: Execution(threads: 3)) == one)
    var other = options
    other.seed = 6
    #expect(try KMeans.fit(data, options: other).model != one.model)
  }

  @Test func fewRestartsFindSeparateClusters() throws {
    let data = clusteredData(rows: 500, columns: 4, clusters: 5, seed: 3)
    let one = try KMeans.fit(data, options: KMeansOptions(clusters: 5, seed: 1))
    let ten = try KMeans.fit(data, options: KMeansOptions(clusters: 5, restarts: 10, seed: 1))
    #expect(ten.inertia <= one.inertia)
  }

  // Single precision squares of these lose the distance altogether.
  @Test(
    arguments: [
      [[9999, 0], [9999.5, 0], [0, 0], [0.5, 0]], [[1e5], [1e5 + 1], [1e5 + 8], [1e5 + 9]],
      [[0], [1e-3], [1e4], [1e4 + 1]], [[1e30], [1.1e30], [-1e30], [-1.1e30]],
    ] as [[[Float]]]) func separatesPairsAtLargeOffsets(_ rows: [[Float]]) throws
  {
    let data = NDArray<Float>(rows: rows)
    let fit = try KMeans.fit(data, options: KMeansOptions(clusters: 2, restarts: 5))
    #expect(fit.labels[0] == fit.labels[1] && fit.labels[2] == fit.labels[3])
    #expect(fit.labels[0] != fit.labels[2])
    #expect(fit.inertia.isFinite)
    #expect(try fit.model.assign(data) == fit.labels)
  }

  @Test func nearestIsExactAmongCloseCentroids() throws {
    // Closer together than single precision tells apart at this distance.
    let centroids = NDArray<Double>(rows: [[4096, 0], [4096.001, 0], [0, 0]])
    let model = try KMeans(centroids: centroids)
    let data = NDArray<Float>(rows: [[4096, 1], [4096.0009765625, 1], [4097, 1], [1, 1]])
    #expect(try model.assign(data) == [0, 1, 1, 2])
  }

  @Test func makesOneClusterADistinctRow() throws {
    let data = NDArray<Float>(rows: [[1, 2], [3, 4], [1, 2], [3, 4], [1, 2]])
    let fit = try KMeans.fit(data, options: KMeansOptions(clusters: 4))
    #expect(fit.model.centroids.rows == 2 && fit.inertia == 0)
    #expect(fit.warnings == [.fewerDistinctRows(requested: 4, used: 2)])
    let single = try KMeans.fit(
      NDArray<Float>(rows: [[7, 8]]), options: KMeansOptions(clusters: 3))
    #expect(single.model.centroids.elements == [7, 8] && single.labels == [0])
  }

  @Test func refusesWhatItCannotCluster() throws {
    let options = KMeansOptions(clusters: 2)
    #expect(throws: MixtureError.noData(shape: [0, 3])) {
      try KMeans.fit(NDArray<Float>(zeros: [0, 3]), options: options)
    }
    let bad = NDArray<Float>(rows: [[1, 2], [3, .infinity]])
    let error = MixtureError.notFinite(row: 1, column: 1, value: .infinity)
    #expect(throws: error) { try KMeans.fit(bad, options: options) }
    let model = try KMeans(centroids: NDArray(rows: [[1, 2]]))
    #expect(throws: error) { try model.assign(bad) }
    #expect(throws: MixtureError.wrongColumns(expected: 2, actual: 3)) {
      try model.assign(NDArray<Float>(zeros: [1, 3]))
    }
    #expect(throws: MixtureError.self) { try KMeans(centroids: NDArray(rows: [[.nan]])) }
    for broken in [
      KMeansOptions(clusters: 0), KMeansOptions(clusters: 1, iterations: -1),
      KMeansOptions(clusters: 1, tolerance: .nan), KMeansOptions(clusters: 1, restarts: 0),
    ] {
      #expect(throws: MixtureError.self) { try KMeans.fit(referenceData, options: broken) }
    }
    #expect(try model.assign(NDArray<Float>(zeros: [0, 2])).isEmpty)
  }
}
