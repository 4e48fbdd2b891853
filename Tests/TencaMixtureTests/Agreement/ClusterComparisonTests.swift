import TencaMixture
import TencaNumerics
import Testing

@Suite struct ClusterComparisonTests {
  @Test func agreesOnClearClusters() throws {
    // Three clusters far apart, of 30, 20 and 10 rows.
    var random = RandomStream(seed: 5)
    let truth = (0..<60).map { $0 % 6 < 3 ? 0 : $0 % 6 < 5 ? 1 : 2 }
    let data = NDArray<Float>(
      rows: truth.map { cluster in
        [Float(20 * cluster) + Float(random.normal()), Float(random.normal())]
      })
    let comparison = try ClusterComparison(of: data, clusters: 3)
    #expect(comparison.hardLabels == truth && comparison.softLabels == truth)
    #expect(comparison.differingRows.isEmpty)
    #expect(comparison.confidences.allSatisfy { $0 > 0.999 && $0 < 1.000001 })
    for cluster in 0..<3 {
      #expect(abs(comparison.meanVector(cluster)[0] - Double(20 * cluster)) < 1)
      let covariance = comparison.covarianceMatrix(cluster)
      #expect(covariance.shape == [2, 2] && covariance[0, 0] > 0.2 && covariance[0, 0] < 3)
    }
  }

  @Test func differsWhereSpreadsDo() throws {
    // A wide cluster beside a narrow one: k-means cuts half-way, the mixture where it should.
    var random = RandomStream(seed: 8)
    let data = NDArray<Float>(
      rows: (0..<400).map { row in
        row % 2 == 0 ? [Float(3 * random.normal())] : [Float(8 + 0.5 * random.normal())]
      })
    let comparison = try ClusterComparison(of: data, clusters: 2)
    #expect((5..<100).contains(comparison.differingRows.count))
    for row in comparison.differingRows {
      #expect(data[row, 0] > 3 && data[row, 0] < 7, "they lie between the two middles")
    }
    let table = ContingencyTable((0..<400).map { $0 % 2 }, comparison.softLabels)
    #expect(table.matchedAccuracy > 0.97)
    #expect(
      table.matchedAccuracy
        > ContingencyTable((0..<400).map { $0 % 2 }, comparison.hardLabels).matchedAccuracy)
  }

  @Test func namesFollowTheLabels() throws {
    let data = clusteredData(rows: 200, columns: 3, clusters: 4, seed: 3)
    let comparison = try ClusterComparison(of: data, clusters: 4, seed: 2)
    let sizes = (0..<4).map { name in comparison.hardLabels.count { $0 == name } }
    #expect(sizes == sizes.sorted(by: >))
    #expect(Set(comparison.componentOrder) == Set(0..<comparison.mixture.model.components))
    for row in 0..<200 {
      let shares = comparison.responsibilities.row(row).elements
      #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
      #expect(shares[comparison.softLabels[row]] == shares.max())
    }
    // No other way to name the components makes fewer rows differ.
    let counts = ContingencyTable(comparison.softLabels, comparison.hardLabels).counts
    let agreeing = 200 - comparison.differingRows.count
    let best = zip(counts, maximumMatching(counts)).reduce(0) { sum, pair in
      sum + (pair.1.map { pair.0[$0] } ?? 0)
    }
    #expect(agreeing == best)
  }

  @Test func copesWithFewDistinctRows() throws {
    let data = NDArray<Float>(rows: [[1], [1], [1], [5], [5]])
    let comparison = try ClusterComparison(of: data, clusters: 4)
    #expect(comparison.hardLabels == [0, 0, 0, 1, 1])
    #expect(comparison.softLabels == [0, 0, 0, 1, 1])
  }
}
