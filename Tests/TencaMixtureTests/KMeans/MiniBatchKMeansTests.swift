import TencaMixture
import TencaNumerics
import Testing

@Suite struct MiniBatchKMeansTests {
  @Test func comesNearTheFullSearch() throws {
    let data = clusteredData(rows: 20_000, columns: 4, clusters: 5, seed: 1, offset: 1000)
    let full = try KMeans.fit(data, options: KMeansOptions(clusters: 5, restarts: 5))
    let batches = try KMeans.fitMiniBatch(
      data, options: MiniBatchOptions(clusters: 5, batchRows: 500, startRows: 2000, seed: 2))
    #expect(batches.inertia < 1.03 * full.inertia && batches.inertia > 0.999 * full.inertia)
    #expect(batches.converged && batches.batches < 200)
    // The inertia is that of all rows.
    let labels = try batches.model.assign(data)
    let inertia = nested(data).enumerated().reduce(0.0) { sum, row in
      sum
        + row.element.indices.reduce(0.0) {
          let d = row.element[$1] - batches.model.centroids[labels[row.offset], $1]
          return $0 + d * d
        }
    }
    #expect(abs(batches.inertia - inertia) < 1e-9 * inertia)
    let threads = try KMeans.fitMiniBatch(
      data, options: MiniBatchOptions(clusters: 5, batchRows: 500, startRows: 2000, seed: 2),
      execution: Execution(threads: 2))
    #expect(threads == batches)
  }

  @Test func refusesWhatItCannotCluster() throws {
    let data = clusteredData(rows: 30, columns: 2, clusters: 2, seed: 3)
    for options in [
      MiniBatchOptions(clusters: 0), MiniBatchOptions(clusters: 2, batchRows: 0),
      MiniBatchOptions(clusters: 2, batches: 0), MiniBatchOptions(clusters: 2, tolerance: -1),
      MiniBatchOptions(clusters: 2, startRows: 1),
    ] {
      #expect(throws: MixtureError.self) { try KMeans.fitMiniBatch(data, options: options) }
    }
    let few = try KMeans.fitMiniBatch(
      NDArray<Float>(rows: [[1, 1], [1, 1]]), options: MiniBatchOptions(clusters: 3))
    #expect(few.model.centroids.elements == [1, 1] && few.inertia == 0)
  }

  @Test func searchesFromGivenCentroids() throws {
    let start = NDArray<Double>(rows: [[0, 10, 5], [3, 4, 4]])
    let fit = try KMeans.fit(
      referenceData, options: KMeansOptions(clusters: 2, start: .centroids(start)))
    // KMeans(2, init=[[0, 10, 5], [3, 4, 4]], n_init=1).fit(X).inertia_, scikit-learn 1.9.1
    #expect(abs(fit.inertia - 130.04716816616178) < 1e-6)
    for bad in [NDArray<Double>(rows: [[0, 10, 5]]), NDArray(rows: [[0, 1, .nan], [1, 2, 3]])] {
      #expect(throws: MixtureError.self) {
        try KMeans.fit(
          referenceData, options: KMeansOptions(clusters: 2, start: .centroids(bad)))
      }
    }
  }
}
