import TencaMixture
import TencaNumerics
import Testing

@Suite struct MaximumMatchingTests {
  /// The greatest sum over all ways to give rows different columns.
  private func greatestSum(_ weights: [[Int]]) -> Int {
    func best(_ row: Int, _ free: Set<Int>, _ skips: Int) -> Int {
      if row == weights.count { return 0 }
      var sums = free.map { weights[row][$0] + best(row + 1, free.subtracting([$0]), skips) }
      // A row stays alone only where there are too few columns.
      if skips > 0 { sums.append(best(row + 1, free, skips - 1)) }
      return sums.max()!
    }
    let columns = weights[0].count
    return best(0, Set(0..<columns), max(0, weights.count - columns))
  }

  @Test(arguments: 0..<200) func matchesBruteForce(problem: Int) {
    var random = RandomStream(seed: 11, stream: UInt64(problem))
    let (rows, columns) = (1 + problem % 6, 1 + problem / 6 % 6)
    // Few distinct weights make many ties; some are negative.
    let span = [3, 20, 1_000_000][problem % 3]
    let weights = (0..<rows).map { _ in
      (0..<columns).map { _ in random.integer(below: span) - span / 3 }
    }
    let matching = maximumMatching(weights)
    let chosen = matching.compactMap { $0 }
    #expect(matching.count == rows)
    #expect(chosen.count == min(rows, columns))
    #expect(Set(chosen).count == chosen.count)
    let sum = zip(weights, matching).reduce(0) { sum, pair in
      sum + (pair.1.map { pair.0[$0] } ?? 0)
    }
    #expect(sum == greatestSum(weights))
  }

  @Test func findsARenaming() {
    var random = RandomStream(seed: 2)
    let names = random.permutation(of: 120)
    let weights = names.map { name in (0..<120).map { $0 == name ? 2 : ($0 + name) % 2 } }
    #expect(maximumMatching(weights) == names)
  }

  @Test func copesWithNothing() {
    #expect(maximumMatching([]) == [])
    #expect(maximumMatching([[], []]) == [nil, nil])
  }
}
