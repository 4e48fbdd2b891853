import TencaMarkov
import TencaNumerics

/// The slow, obvious truth of a model with durations: every way to cut a short sequence into segments.
struct SegmentEnumeration {
  /// Every path with a probability above zero, and p(path, rows); its last segment may go on.
  let paths: [(states: [Int], probability: Double)]
  private let states: Int

  /// - Parameter rows: A symbol each; nil was not seen.
  init(_ model: HiddenSemiMarkovModel<CategoricalEmission>, _ rows: [Int?]) {
    let chain = model.chain
    let tables = chain.durations.map(\.probabilities)
    func emitted(_ state: Int, _ range: Range<Int>) -> Double {
      range.reduce(1.0) { product, row in
        rows[row].map { product * model.emission.probabilities[state, $0] } ?? product
      }
    }
    var result: [(states: [Int], probability: Double)] = []
    func extend(_ states: [Int], _ probability: Double) {
      let start = states.count
      for state in 0..<chain.stateCount {
        let step = states.last.map { chain.transition[$0, state] } ?? chain.initial[state]
        if step == 0 { continue }
        for d in 1...rows.count - start {
          let table = tables[state]
          let own = probability * step * emitted(state, start..<start + d)
          let path = states + [Int](repeating: state, count: d)
          if start + d == rows.count {
            let tail = d <= table.count ? table[(d - 1)...].reversed().reduce(0, +) : 0
            result.append((path, own * tail))
          } else if d <= table.count {
            extend(path, own * table[d - 1])
          }
        }
      }
    }
    extend([], 1)
    paths = result.filter { $0.probability > 0 }
    states = chain.stateCount
  }

  /// p(state in a row | all rows).
  func smoothed(_ row: Int) -> [Double] {
    let total = paths.reduce(0) { $0 + $1.probability }
    var sums = [Double](repeating: 0, count: states)
    for path in paths { sums[path.states[row]] += path.probability / total }
    return sums
  }

  private static let durations: [DurationDistribution] = [
    .free([0.2, 0.5, 0, 0.3]), .poisson(Poisson(rate: 1.7)),
    .negativeBinomial(NegativeBinomial(mean: 2, size: 0.8)), .geometric(stay: 0.6),
  ]

  /// A model of random parameters whose states emit one of four symbols, one of them never, and rows for
  /// it; four seeds in a row go through all kinds of durations.
  static func example(
    _ seed: Int
  ) throws -> (model: HiddenSemiMarkovModel<CategoricalEmission>, rows: [Int]) {
    let states = 2 + seed % 2
    var random = RandomStream(seed: UInt64(seed))
    func shares(_ count: Int, without zero: Int?) -> [Double] {
      let values = (0..<count).map { $0 == zero ? 0 : random.uniform(in: 0.1..<1) }
      let sum = values.reduce(0, +)
      return values.map { $0 / sum }
    }
    let model = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: shares(states, without: nil),
        transition: NDArray(rows: (0..<states).map { shares(states, without: $0) }),
        durations: (0..<states).map { durations[($0 + seed) % 4] }),
      emission: CategoricalEmission(
        probabilities: NDArray(rows: (0..<states).map { shares(4, without: $0 == 0 ? 3 : nil) })))
    var chance = RandomStream(seed: UInt64(seed + 50))
    return (model, (0..<(states == 2 ? 8 : 6)).map { _ in chance.integer(below: 4) })
  }

  /// Rows as a table.
  static func table(_ rows: [Int]) -> NDArray<Double> {
    NDArray(rows: rows.map { [Double($0)] })
  }
}
