import TencaMarkov
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What must hold for every emission, given one with known parameters.
///
/// - Parameters:
///   - points: Rows that stand for all that can be emitted, with the measure of each: a quadrature.
///   - rows: How many to sample.
func checkCoherence<E: DifferentiableEmission & Equatable>(
  _ truth: E, points: [(row: [Double], measure: Double)], rows: Int = 3000,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let states = truth.stateCount
  let stay = 0.9
  let chain = try MarkovChain(
    initial: [Double](repeating: 1 / Double(states), count: states),
    transition: (0..<states).map { i in
      (0..<states).map { $0 == i ? stay : (1 - stay) / Double(states - 1) }
    })
  let model = try HiddenMarkovModel(chain: chain, emission: truth)
  var random = RandomStream(seed: 11)
  let data = model.sample(rows, using: &random)

  // Densities integrate to one.
  if !points.isEmpty {
    let grid = NDArray<Double>(rows: points.map(\.row))
    let source = try model.logLikelihoods(of: grid)
    var logLikelihoods = [Double](repeating: 0, count: points.count * states)
    try source.readRows(0..<points.count, into: &logLikelihoods)
    for state in 0..<states {
      let total = points.indices.reduce(0.0) {
        $0 + points[$1].measure * exp(logLikelihoods[$1 * states + state])
      }
      #expect(abs(total - 1) < 1e-3, "state \(state): \(total)", sourceLocation: sourceLocation)
    }
  }

  // One at a time, or all at once, a row scores the same.
  let whole = try rowScores(model, data.rows, 0..<rows)
  for row in [0, 1, 63, 64, 1000, rows - 1] {
    let alone = try rowScores(model, data.rows, row..<row + 1)
    let together = Array(whole[row * states..<(row + 1) * states])
    #expect(alone == together, "row \(row)", sourceLocation: sourceLocation)
  }

  // A row that is missing says nothing, and neither do rows around it change but by the chain.
  var gaps = data.rows
  for row in stride(from: 10, to: rows, by: 7) {
    for column in 0..<truth.columnCount { gaps[row, column] = .nan }
  }
  let scores = try rowScores(model, gaps, 0..<rows)
  #expect(
    scores[10 * states..<11 * states].allSatisfy { abs($0) < 1e-12 },
    sourceLocation: sourceLocation)
  let logLikelihood = try model.logLikelihood(of: gaps)
  #expect(
    logLikelihood.isFinite && logLikelihood > -.infinity, sourceLocation: sourceLocation)

  // Learning rises at every step, from the truth to something likelier, with gaps and without.
  for (name, rows) in [("whole", data.rows), ("with gaps", gaps)] {
    let before = try model.logLikelihood(of: rows)
    let fit = try HiddenMarkovModel.fit(
      truth, to: rows,
      options: HiddenMarkovOptions(
        chain: chain, startsFromEmission: true, iterations: 30, tolerance: 0))
    let history = fit.restarts[0].history
    #expect(
      abs(history[0] - before) < 1e-8 * abs(before), "\(name)", sourceLocation: sourceLocation)
    for (earlier, later) in zip(history, history.dropFirst()) {
      #expect(
        later >= earlier - 1e-9 * abs(earlier), "\(name): \(earlier) then \(later)",
        sourceLocation: sourceLocation)
    }
    #expect(fit.logLikelihood > before, "\(name)", sourceLocation: sourceLocation)
    // Not by more than chance gives so many parameters.
    #expect(
      fit.logLikelihood < before + 3 * Double(fit.criteria.parameterCount), "\(name)",
      sourceLocation: sourceLocation)
  }

  // The parameters come back from data alone, up to the order of states.
  let found = try HiddenMarkovModel.fit(
    truth, to: data.rows, options: HiddenMarkovOptions(iterations: 200, restarts: 3, seed: 4))
  let target = try model.logLikelihood(of: data.rows)
  #expect(
    found.logLikelihood > target - 1, "\(found.logLikelihood) of \(target)",
    sourceLocation: sourceLocation)
  let expected = model.reordered(model.orderByMean)
  let labels = try expected.viterbi(data.rows).states
  let agreement = try found.model.viterbi(data.rows).states
  let share = Double(zip(labels, agreement).count { $0 == $1 }) / Double(rows)
  #expect(share > 0.97, "\(share) of the states", sourceLocation: sourceLocation)

  // The order of states is only a name.
  let order = Array((0..<states).reversed())
  let turned = model.reordered(order)
  #expect(turned.reordered(order) == model, sourceLocation: sourceLocation)
  #expect(
    abs(try turned.logLikelihood(of: data.rows) - target) < 1e-9 * abs(target),
    sourceLocation: sourceLocation)

  // Threads and how rows are cut into sequences change nothing.
  let lengths = [rows / 3, rows / 2, rows - rows / 3 - rows / 2]
  let options = HiddenMarkovOptions(iterations: 3, restarts: 2)
  let one = try HiddenMarkovModel.fit(truth, to: data.rows, lengths: lengths, options: options)
  let three = try HiddenMarkovModel.fit(
    truth, to: data.rows, lengths: lengths, options: options, execution: Execution(threads: 3))
  #expect(one.model == three.model, sourceLocation: sourceLocation)
  #expect(one.restarts == three.restarts, sourceLocation: sourceLocation)

  try checkLikelihood(
    model, [data.rows, gaps].map { $0.rows(0..<800).contiguous() }, sourceLocation: sourceLocation)

  // Viterbi training raises the probability of the best path.
  let path = try HiddenMarkovModel.fit(
    truth, to: data.rows,
    options: HiddenMarkovOptions(
      training: .viterbi, chain: chain, startsFromEmission: true, iterations: 10, tolerance: 0))
  for (earlier, later) in zip(path.restarts[0].history, path.restarts[0].history.dropFirst()) {
    #expect(later >= earlier - 1e-9 * abs(earlier), sourceLocation: sourceLocation)
  }
}

/// ln p of some rows in every state.
func rowScores<E: Emission>(
  _ model: HiddenMarkovModel<E>, _ data: NDArray<Double>, _ rows: Range<Int>
) throws -> [Double] {
  var target = [Double](repeating: 0, count: rows.count * model.stateCount)
  try model.logLikelihoods(of: data).readRows(rows, into: &target)
  return target
}

/// Points along a line, with the measure that the trapezoidal rule gives them.
func line(_ range: ClosedRange<Double>, _ count: Int) -> [(row: [Double], measure: Double)] {
  let step = (range.upperBound - range.lowerBound) / Double(count - 1)
  return (0..<count).map {
    (
      [range.lowerBound + step * Double($0)], $0 == 0 || $0 == count - 1 ? step / 2 : step
    )
  }
}

/// The whole numbers below `count`, each of measure one.
func counts(_ count: Int) -> [(row: [Double], measure: Double)] {
  (0..<count).map { ([Double($0)], 1) }
}
