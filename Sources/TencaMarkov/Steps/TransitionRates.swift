public import TencaNumerics

/// A chain in continuous time, seen at moments that need not be evenly spaced: over a time Δ it moves by
/// e^(QΔ), where qᵢⱼ is how often state i turns into j in a unit of time, and qᵢᵢ = -Σ of the others.
public struct TransitionRates: Sendable, Equatable {
  /// Q, states × states; rows sum to zero.
  public let generator: NDArray<Double>

  /// Makes a law of known rates.
  ///
  /// - Parameter rates: states × states; what stands on the diagonal does not count. Zeros are steps
  ///   that never happen directly.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for a rate that is negative or not finite.
  public init(_ rates: NDArray<Double>) throws {
    guard rates.rank == 2, rates.rows == rates.columns, rates.rows > 0 else {
      throw MarkovError.invalidModel(
        problem: "transition rates of shape \(rates.shape), not states × states")
    }
    for i in 0..<rates.rows {
      for j in 0..<rates.rows where i != j && !(rates[i, j] >= 0 && rates[i, j].isFinite) {
        throw MarkovError.invalidModel(
          problem: "the rate from state \(i) to \(j) is \(rates[i, j]), not 0 or more")
      }
    }
    self.init(unchecked: rates)
  }

  private init(unchecked rates: NDArray<Double>) {
    var generator = rates
    for i in 0..<rates.rows {
      generator[i, i] = 0
      generator[i, i] = -generator.row(i).elements.reduce(0, +)
    }
    self.generator = generator
  }

  /// Rates under which a step over the usual gap is nearly that of a matrix.
  init(started matrix: NDArray<Double>, gaps: [Double]) {
    let usual = usualGap(gaps) ?? 1
    self.init(
      unchecked: NDArray(
        matrix.elements.map { $0 > 0 ? max($0, 1e-4) / usual : 0 }, shape: matrix.shape))
  }

  /// The number of states.
  public var stateCount: Int { generator.rows }

  /// How long each state is expected to last, in units of time; ∞ where nothing leads out of it.
  public var expectedDurations: [Double] { (0..<stateCount).map { -1 / generator[$0, $0] } }

  /// The matrix of a step over some time.
  ///
  /// - Parameter gap: 0 or more.
  /// - Throws: `LinearAlgebraError` where rates times the gap are beyond numbers.
  public func matrix(over gap: Double) throws -> NDArray<Double> {
    let states = stateCount
    let raw = try matrixExponential(generator * gap)
    // Rounding may leave traces where nothing leads, and sums next to one.
    return NDArray(shape: [states, states]) { target in
      for i in 0..<states {
        var total = 0.0
        for j in 0..<states {
          let value = reaches[i * states + j] ? max(raw[i, j], 0) : 0
          target[i * states + j] = value
          total += value
        }
        for j in 0..<states { target[i * states + j] /= total }
      }
    }
  }

  /// Whether state i leads to state j in any number of steps.
  private var reaches: [Bool] {
    let states = stateCount
    var reaches = (0..<states * states).map { index in
      index / states == index % states || generator[index / states, index % states] > 0
    }
    for middle in 0..<states {
      for i in 0..<states where reaches[i * states + middle] {
        for j in 0..<states where reaches[middle * states + j] { reaches[i * states + j] = true }
      }
    }
    return reaches
  }

  func matrices(over gaps: [Double]) throws -> TransitionMatrix {
    let (places, values) = distinct(gaps)
    let size = stateCount * stateCount
    let steps = try values.map { try matrix(over: $0).elements }
    return TransitionMatrix(
      uncheckedVarying: NDArray(shape: [gaps.count, stateCount, stateCount]) { target in
        for (row, place) in places.enumerated() {
          let step = steps[Int(place)]
          for index in 0..<size { target[row * size + index] = step[index] }
        }
      })
  }

  func reordered(_ order: [Int]) -> TransitionRates {
    TransitionRates(
      unchecked: NDArray(rows: order.map { i in order.map { generator[i, $0] } }))
  }

  /// ln of the rates, row by row without the diagonal.
  var coordinates: [Double] { offDiagonal(generator).map(logarithm) }

  func moved(to coordinates: [Double]) -> TransitionRates? {
    let rates = coordinates.map(exponential)
    guard rates.allSatisfy(\.isFinite) else { return nil }
    return TransitionRates(
      unchecked: NDArray(shape: generator.shape) { target in
        var next = 0
        for i in 0..<stateCount {
          for j in 0..<stateCount {
            target[i * stateCount + j] = i == j ? 0 : rates[next]
            if i != j { next += 1 }
          }
        }
      })
  }

  /// Σ over gaps of the slope of Σ (ξ/a) ∘ e^(QΔ), from entries of Q to logarithms of rates.
  func gradient(_ sums: StepSums) throws -> [Double] {
    let states = stateCount
    let size = states * states
    var slope = NDArray<Double>(zeros: [states, states])
    for (place, gap) in sums.gaps.enumerated() where gap > 0 {
      let matrix = try matrix(over: gap).elements
      let weights = (0..<size).map { index in
        let count = sums.sums[place * size + index]
        return count > 0 && matrix[index] > 0 ? count / matrix[index] : 0
      }
      if weights.allSatisfy({ $0 == 0 }) { continue }
      slope =
        slope
        + (try matrixExponentialSlope(
          generator * gap, weights: NDArray(weights, shape: [states, states])) * gap)
    }
    let changes = NDArray<Double>(shape: [states, states]) { target in
      for i in 0..<states {
        for j in 0..<states {
          target[i * states + j] = generator[i, j] * (slope[i, j] - slope[i, i])
        }
      }
    }
    return offDiagonal(changes)
  }

  var namedParameters: [NamedParameter] {
    (0..<stateCount).flatMap { i in
      (0..<stateCount).filter { generator[i, $0] > 0 && $0 != i }.map {
        NamedParameter("rate", state: i, nextState: $0, generator[i, $0])
      }
    }
  }
}

/// The entries of a square matrix row by row, without those of the diagonal.
private func offDiagonal(_ matrix: NDArray<Double>) -> [Double] {
  (0..<matrix.rows).flatMap { i in
    (0..<matrix.rows).filter { $0 != i }.map { matrix[i, $0] }
  }
}

/// The median of the gaps above 0, the upper one of an even number; nil where there are none.
func usualGap(_ gaps: some Sequence<Double>) -> Double? {
  let positive = gaps.filter { $0 > 0 }.sorted()
  return positive.isEmpty ? nil : positive[positive.count / 2]
}
