import TencaMixture
import TencaNumerics
import Testing

@Suite struct AgreementTests {
  /// Labels and what scikit-learn 1.9.1 says of them:
  ///
  ///     adjusted_rand_score(x, y), normalized_mutual_info_score(x, y)
  ///     c = contingency_matrix(x, y); c.max(0).sum() / c.sum()
  ///     r, k = scipy.optimize.linear_sum_assignment(-c); c[r, k].sum() / c.sum()
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let first: [Int]
    let second: [Int]
    let values: [Double]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "twelve items", first: [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2],
      second: [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 0, 3],
      values: [0.13261648745519714, 0.4230248658882529, 2.0 / 3, 7.0 / 12]),
    Case(
      name: "worse than chance", first: (0..<50).map { $0 * $0 % 7 % 3 },
      second: (0..<50).map { $0 * 3 % 11 % 5 },
      values: [-0.041149306252707886, 0.010516737436036495, 0.56, 0.24]),
    Case(
      name: "more rows than columns", first: (0..<50).map { $0 * 3 % 11 % 5 },
      second: (0..<50).map { $0 * $0 % 7 % 3 },
      values: [-0.041149306252707886, 0.010516737436036495, 0.26, 0.24]),
    Case(
      name: "one cluster beside one a item", first: [0, 0, 0, 0], second: [0, 1, 2, 3],
      values: [0, 0, 1, 0.25]),
    Case(
      name: "as different as can be", first: [0, 0, 1, 1], second: [0, 1, 0, 1],
      values: [-0.5, 0, 0.5, 0.5]),
    Case(name: "one item", first: [5], second: [9], values: [1, 1, 1, 1]),
    Case(name: "no item", first: [], second: [], values: [1, 1, 1, 1]),
  ]

  @Test(arguments: cases) func matchesScikitLearn(_ example: Case) {
    let table = ContingencyTable(example.first, example.second)
    #expect(abs(table.adjustedRandIndex - example.values[0]) < 1e-14)
    #expect(abs(table.normalizedMutualInformation - example.values[1]) < 1e-14)
    #expect(abs(table.purity - example.values[2]) < 1e-15)
    #expect(abs(table.matchedAccuracy - example.values[3]) < 1e-15)
  }

  @Test func countsPairsOfLabels() {
    let table = ContingencyTable(["b", "a", "b", "a", "b"], [7, 3, 7, 7, 1])
    #expect(table.firstLabels == ["a", "b"])
    #expect(table.secondLabels == [1, 3, 7])
    #expect(table.counts == [[0, 1, 1], [1, 0, 2]])
    #expect(table.firstSizes == [2, 3])
    #expect(table.secondSizes == [1, 1, 3])
    #expect(table.total == 5)
    #expect(table.bestMatching == [1, 2])
  }

  /// The Rand index by its definition: over all pairs of items, none counted cleverly.
  @Test(arguments: 0..<30) func randIndexCountsPairs(problem: Int) {
    var random = RandomStream(seed: UInt64(problem))
    let count = 5 + problem
    let a = (0..<count).map { _ in random.integer(below: 1 + problem % 4) }
    let b = (0..<count).map { $0 % 3 == 0 ? a[$0] : random.integer(below: 4) }
    var (both, first, second, all) = (0.0, 0.0, 0.0, 0.0)
    for i in 0..<count {
      for j in 0..<i {
        both += a[i] == a[j] && b[i] == b[j] ? 1 : 0
        first += a[i] == a[j] ? 1 : 0
        second += b[i] == b[j] ? 1 : 0
        all += 1
      }
    }
    let expected = first * second / all
    let index = (both - expected) / ((first + second) / 2 - expected)
    #expect(abs(ContingencyTable(a, b).adjustedRandIndex - index) < 1e-12)
  }

  @Test(arguments: 1..<8) func isOneUnderOtherNamesAndSymmetric(clusters: Int) {
    var random = RandomStream(seed: UInt64(clusters))
    let a = (0..<60).map { _ in random.integer(below: clusters) }
    let names = random.permutation(of: clusters)
    let renamed = ContingencyTable(a, a.map { names[$0] })
    #expect(renamed.adjustedRandIndex == 1)
    #expect(abs(renamed.normalizedMutualInformation - 1) < 1e-15)
    #expect(renamed.purity == 1 && renamed.matchedAccuracy == 1)

    let b = (0..<60).map { _ in random.integer(below: 3) }
    let (there, back) = (ContingencyTable(a, b), ContingencyTable(b, a))
    #expect(abs(there.adjustedRandIndex - back.adjustedRandIndex) < 1e-15)
    #expect(
      abs(there.normalizedMutualInformation - back.normalizedMutualInformation) < 1e-15)
    #expect(there.matchedAccuracy == back.matchedAccuracy)
  }
}
