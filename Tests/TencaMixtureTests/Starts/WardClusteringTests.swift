import TencaMixture
import TencaNumerics
import Testing

@Suite struct WardClusteringTests {
  /// The costs of all unions and the clusters at one size, by trying every pair at every step.
  private func plain(_ rows: [[Double]], clusters: Int) -> (costs: [Double], groups: Set<Set<Int>>)
  {
    var groups = rows.indices.map { [$0] }
    var costs: [Double] = []
    var cut = groups
    func spread(_ group: [Int]) -> Double {
      rows[0].indices.reduce(0.0) { sum, d in
        let mean = group.reduce(0) { $0 + rows[$1][d] } / Double(group.count)
        return sum + group.reduce(0) { $0 + (rows[$1][d] - mean) * (rows[$1][d] - mean) }
      }
    }
    while groups.count > 1 {
      if groups.count == clusters { cut = groups }
      var best = (0, 1, Double.infinity)
      for i in groups.indices {
        for j in groups.indices where j > i {
          let cost = spread(groups[i] + groups[j]) - spread(groups[i]) - spread(groups[j])
          if cost < best.2 { best = (i, j, cost) }
        }
      }
      costs.append(best.2)
      groups[best.0] += groups[best.1]
      groups.remove(at: best.1)
    }
    if clusters == 1 { cut = groups }
    return (costs, Set(cut.map(Set.init)))
  }

  @Test(arguments: 0..<12) func joinsTheCheapestPairs(problem: Int) throws {
    let data = clusteredData(
      rows: 5 + 3 * problem, columns: 1 + problem % 3, clusters: 3, seed: UInt64(problem))
    let clusters = 1 + problem % 5
    let ward = try WardClustering(data.converted())
    let expected = plain(nested(data), clusters: clusters)
    #expect(largestDifference(ward.merges.map(\.cost), expected.costs) < 1e-9)
    let labels = ward.labels(clusters: clusters)
    let groups = Dictionary(grouping: labels.indices) { labels[$0] }.values.map { Set($0) }
    #expect(Set(groups) == expected.groups)
    #expect(Set(labels) == Set(0..<clusters))
  }

  /// scipy 1.17.1, `linkage(X, 'ward')[-3:, 2]`, X as in `referenceData`; its heights h are
  /// √(2 · cost).
  @Test func matchesSciPy() throws {
    let ward = try WardClustering(referenceData.converted())
    let heights = ward.merges.suffix(3).map { (2 * $0.cost).squareRoot() }
    #expect(
      largestDifference(heights, [5.964418049692634, 10.502290306958178, 26.064250406316088]) < 1e-9
    )
  }

  @Test func equalRowsAreNeverKeptApart() throws {
    let ward = try WardClustering(NDArray(rows: [[1, 2], [3, 4], [1, 2], [3, 4]]))
    #expect(ward.labels(clusters: 4) == [0, 1, 0, 1])
    #expect(ward.labels(clusters: 1) == [0, 0, 0, 0])
    let single = try WardClustering(NDArray(rows: [[7.0]]))
    #expect(single.merges.isEmpty && single.labels(clusters: 3) == [0])
  }

  @Test func refusesWhatHasNoDistances() {
    #expect(throws: MixtureError.noData(shape: [0, 2])) {
      try WardClustering(NDArray(zeros: [0, 2]))
    }
    #expect(throws: MixtureError.self) { try WardClustering(NDArray(rows: [[1.0], [.nan]])) }
  }
}
