import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Statistics of fixed seeds. Bounds are five standard errors of the statistic: a right generator
/// passes all of them for all but about one seed in 10⁵.
@Suite struct DistributionTests {
  private static let count = 200_000

  /// Checks mean, variance, skewness and kurtosis of numbers that should be standard normal, and
  /// how many lie within 1, 2 and 3 standard deviations.
  private func expectStandardNormal(_ values: [Double]) {
    let n = Double(values.count)
    let moments = (1...4).map { order in
      values.reduce(0.0) { sum, x in sum + pow(x, Double(order)) } / n
    }
    // Variances of the moments of a standard normal: 1, 2, 15, 96.
    for (value, (expected, variance)) in zip(
      moments, [(0.0, 1.0), (1, 2), (0, 15), (3, 96)])
    {
      #expect(abs(value - expected) < 5 * (variance / n).squareRoot())
    }
    for (bound, share) in [(1.0, 0.6826894921), (2, 0.9544997361), (3, 0.9973002039)] {
      let within = Double(values.count { abs($0) < bound }) / n
      #expect(abs(within - share) < 5 * (share * (1 - share) / n).squareRoot())
    }
  }

  @Test func uniformFillsTheUnitInterval() {
    var random = RandomStream(seed: 10)
    var cells = [Int](repeating: 0, count: 100)
    for _ in 0..<Self.count {
      let value = random.uniform()
      #expect(value >= 0 && value < 1)
      cells[Int(value * 100)] += 1
    }
    // χ² with 99 degrees of freedom: mean 99, standard deviation 14.1.
    let expected = Double(Self.count) / 100
    let statistic = cells.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) }
    #expect(abs(statistic / expected - 99) < 5 * 14.1)
  }

  @Test func uniformStaysWithinItsRange() {
    var random = RandomStream(seed: 11)
    for range in [-2.0..<3, 1e300..<1.7e308, -1.7e308..<1.7e308, 1..<1.0.nextUp] {
      for _ in 0..<1000 { #expect(range.contains(random.uniform(in: range))) }
    }
  }

  @Test func integersAreEquallyLikely() {
    var random = RandomStream(seed: 12)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.integer(below: 7)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 5 * 93) }
    #expect(random.integer(below: 1) == 0)
    for _ in 0..<100 { #expect(random.integer(below: .max) >= 0) }
  }

  @Test func normalIsNormal() {
    var random = RandomStream(seed: 13)
    expectStandardNormal((0..<Self.count).map { _ in random.normal() })
  }

  @Test func filledNormalIsNormal() {
    var random = RandomStream(seed: 14)
    var values = [Float](repeating: 0, count: Self.count)
    values.withUnsafeMutableBufferPointer { random.fillNormal($0) }
    expectStandardNormal(values.map(Double.init))
    // The four numbers of a block are independent.
    for lag in 1...4 {
      let products = (0..<Self.count - lag).map { Double(values[$0]) * Double(values[$0 + lag]) }
      let mean = products.reduce(0, +) / Double(products.count)
      #expect(abs(mean) < 5 / Double(Self.count).squareRoot(), "lag \(lag)")
    }
  }

  @Test func filledNormalMatchesBoxAndMuller() {
    var words = RandomStream(seed: 15)
    var random = words
    var values = [Float](repeating: 0, count: 600)
    values.withUnsafeMutableBufferPointer { random.fillNormal($0, standardDeviation: 3) }
    for pair in 0..<300 {
      let word = words.next()
      let uniform = (Double(UInt32(truncatingIfNeeded: word)) + 1) * 0x1p-32
      let angle = 2 * Double.pi * Double(word >> 32) * 0x1p-32
      let radius = 3 * (-2 * log(uniform)).squareRoot()
      #expect(abs(Double(values[2 * pair]) - radius * cos(angle)) < 3e-6)
      #expect(abs(Double(values[2 * pair + 1]) - radius * sin(angle)) < 3e-6)
    }
    #expect(random.position == words.position)
  }

  @Test func fillingInWholeBlocksIsFillingAtOnce() {
    var (whole, parts) = (RandomStream(seed: 16), RandomStream(seed: 16))
    var all = [Float](repeating: 0, count: 1000)
    all.withUnsafeMutableBufferPointer { whole.fillNormal($0) }
    var pieces: [Float] = []
    for count in [4, 256, 300, 440] {
      var piece = [Float](repeating: 0, count: count)
      piece.withUnsafeMutableBufferPointer { parts.fillNormal($0) }
      pieces += piece
    }
    #expect(pieces == all)
    #expect(whole == parts)
    // From the middle of a block, the next whole one is taken.
    var odd = RandomStream(seed: 16)
    _ = odd.next()
    var rest = [Float](repeating: 0, count: 9)
    rest.withUnsafeMutableBufferPointer { odd.fillNormal($0) }
    #expect(rest == Array(all[4..<13]))
    #expect(odd.position == 8)
  }

  @Test func categoricalFollowsItsWeights() {
    var random = RandomStream(seed: 17)
    let weights = [0.0, 3, 0, 1, 6, 0]
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<50_000 { counts[random.categorical(weights: weights)] += 1 }
    for (count, weight) in zip(counts, weights) {
      let expected = 5000 * weight
      #expect(abs(Double(count) - expected) <= 5 * expected.squareRoot())
    }
    #expect(random.categorical(weights: [0, 1e-300]) == 1)
  }

  @Test func permutationsAreEquallyLikely() {
    var random = RandomStream(seed: 18)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[random.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    for (order, count) in counts {
      #expect(order.sorted() == [0, 1, 2, 3])
      #expect(abs(count - 1000) < 5 * 32)
    }
    #expect(random.permutation(of: 0).isEmpty && random.permutation(of: 1) == [0])
  }
}
