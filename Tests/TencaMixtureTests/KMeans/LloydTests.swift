import TencaMixture
import TencaNumerics
import Testing

/// The search with bounds against the one that looks at everything.
@Suite struct LloydTests {
  private struct Problem: CustomTestStringConvertible {
    var name: String
    var data: NDArray<Float>
    var start: NDArray<Double>

    var testDescription: String { name }

    init(_ name: String, _ data: NDArray<Float>, clusters: Int) {
      self.init(name, data, start: data.rows(0..<clusters).converted())
    }

    init(_ name: String, _ data: NDArray<Float>, start: NDArray<Double>) {
      (self.name, self.data, self.start) = (name, data, start)
    }
  }

  private static let separate = clusteredData(rows: 300, columns: 5, clusters: 6, seed: 1)

  private static let overlapping = NDArray<Float>(shape: [4500, 3]) { target in
    var random = RandomStream(seed: 2)
    random.fillNormal(target)
  }

  private static let duplicates = NDArray<Float>(shape: [400, 2]) { target in
    var random = RandomStream(seed: 3)
    for index in target.indices { target[index] = Float(random.integer(below: 5)) }
    // Rows that differ, so that the start has no two centroids in one place.
    for row in 0..<7 { (target[2 * row], target[2 * row + 1]) = (Float(row), Float(row % 3) / 7) }
  }

  /// Clusters far apart, of which the largest loses nearly all of its rows to others on the way.
  private static let dwindling = NDArray<Float>(shape: [4500, 1]) { target in
    var random = RandomStream(seed: 4)
    for row in target.indices {
      target[row] = Float((row % 900 == 0 ? 400.0 : 3.0 * Double(row % 3)) + 0.1 * random.normal())
    }
  }

  private static let problems = [
    Problem("separate", separate, clusters: 6),
    Problem("more clusters than there are", separate, clusters: 23),
    Problem("overlapping", overlapping, clusters: 5),
    Problem("duplicates", duplicates, clusters: 7),
    Problem("one cluster", separate, clusters: 1),
    Problem("one cluster a row", separate.rows(0..<40), clusters: 40),
    Problem("offset", offset, clusters: 4),
    Problem("tight pairs far apart", tightPairs, clusters: 3),
    Problem("dwindling", dwindling, start: NDArray(rows: [[5], [100], [0.5]])),
    Problem(
      "empty at the start", separate,
      start: NDArray.concatenated([
        separate.rows(0..<4).converted(), NDArray<Double>(repeating: 1e4, shape: [2, 5]),
      ])),
    Problem("empty on the way", NDArray(rows: emptied), start: NDArray(rows: [[0], [4.2], [9]])),
  ]

  /// Four places a million apart, and rows within a thousandth of them: the first centroids lie in
  /// only two of the places, so nearly all inertia vanishes on the way.
  private static let tightPairs = NDArray<Float>(shape: [300, 2]) { target in
    var random = RandomStream(seed: 6)
    for row in 0..<300 {
      let place = Float(row < 2 ? 0 : row % 3) * 64
      target[2 * row] = place + Float(random.uniform(in: 0..<1e-3))
      target[2 * row + 1] = -place
    }
  }

  /// Whole multiples of 64, as single precision has them there.
  private static let offset = NDArray<Float>(shape: [600, 3]) { target in
    let near = clusteredData(rows: 600, columns: 3, clusters: 4, seed: 5).elements
    for index in target.indices { target[index] = 1e9 + 1e4 * near[index] }
  }

  /// The middle centroid has rows at first, and loses all of them after one move.
  private static let emptied: [[Float]] = [[0], [2.2], [4], [4.3], [6.4], [8.8], [9]]

  @Test(arguments: problems) private func findsWhatPlainLloydFinds(_ problem: Problem) throws {
    let plain = PlainKMeans(problem.data, from: problem.start, moves: 25)
    for moves in [0, 1, 2, 5, 25] {
      let options = KMeansOptions(
        clusters: problem.start.rows, iterations: moves, tolerance: 0,
        start: .centroids(problem.start))
      let fit = try KMeans.fit(problem.data, options: options)
      let step = plain.history[min(moves, plain.history.count - 1)]
      #expect(fit.labels == step.labels, "after \(moves) moves")
      #expect(
        largestDifference(fit.model.centroids.elements, step.centroids.flatMap { $0 }) < 1e-11)
      #expect(fit.inertiaHistory.count == min(moves + 1, plain.history.count))
      for (found, expected) in zip(fit.inertiaHistory, plain.history) {
        #expect(
          abs(found - expected.inertia) <= 1e-10 * expected.inertia, "after \(moves) moves")
      }
      let threads = try KMeans.fit(
        problem.data, options: options, execution: Execution(threads: 3))
      #expect(threads == fit)
    }
  }
}
