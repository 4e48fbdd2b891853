internal import TencaNumerics

/// A model as a place in a space without bounds, and the slope of its likelihood there.
///
/// First comes the chain, as far as it is free: ln of the initial distribution, unless it is fixed or
/// the stationary one, and ln of the transition matrix, row by row. Then the emission. What is zero
/// stays zero.
struct ModelCoordinates<E: DifferentiableEmission>: Sendable {
  /// The model that coordinates are counted from.
  let base: HiddenMarkovModel<E>
  let options: HiddenMarkovOptions

  private var movesInitial: Bool { options.initial == .free }
  private var movesTransition: Bool { options.transition == .free }

  /// The coordinates of a model with the same zeros and bounds.
  func coordinates(of model: HiddenMarkovModel<E>) -> [Double] {
    var result: [Double] = []
    if movesInitial { result += shareCoordinates(model.chain.initial) }
    if movesTransition { result += shareCoordinates(model.chain.transition.matrix.elements) }
    if !options.fixesEmission { result += model.emission.coordinates }
    return result
  }

  /// The model at coordinates; nil where it would be degenerate.
  func model(at coordinates: [Double]) -> HiddenMarkovModel<E>? {
    let states = base.stateCount
    var rest = coordinates[...]
    var (initial, transition) = (base.chain.initial, base.chain.transition)
    if movesInitial {
      initial = sharesAt(rest.prefix(states))
      rest = rest.dropFirst(states)
    }
    if movesTransition {
      let matrix = rowsOfShares(
        at: Array(rest.prefix(states * states)), like: base.chain.transition.matrix)
      transition = transition.replacing(matrix)
      rest = rest.dropFirst(states * states)
      if options.initial == .stationary {
        guard let kept = try? stationaryDistribution(matrix) else { return nil }
        initial = kept
      }
    }
    var emission = base.emission
    if !options.fixesEmission {
      guard let moved = emission.moved(to: Array(rest)) else { return nil }
      emission = moved
    }
    return HiddenMarkovModel(
      unchecked: MarkovChain(uncheckedInitial: initial, transition: transition), emission)
  }

  /// The slope of ln p(data), and of the prior where there is one, at a model.
  ///
  /// - Parameter statistics: The E-step under that model.
  func gradient(
    at model: HiddenMarkovModel<E>, _ statistics: ExpectedStatistics<E.Statistics>
  ) -> [Double] {
    let chain = model.chain
    let states = model.stateCount
    var result: [Double] = []
    if movesInitial {
      let counts = zip(statistics.sums.initial, chain.initial).map {
        $1 > 0 ? $0 + options.initialPseudocount : 0
      }
      result += shareGradient(counts: counts, shares: chain.initial)
    }
    if movesTransition {
      let matrix = chain.transition.matrix
      let counts = zip(statistics.sums.transitions, matrix.elements).map {
        $1 > 0 ? $0 + options.transitionPseudocount : 0
      }
      result += rowGradients(counts: counts, shares: matrix)
      if options.initial == .stationary {
        let slope = stationarySlope(matrix, kept: chain.initial, counts: statistics.sums.initial)
        // From the slope in a to that in ln a, with sums kept at one.
        for i in 0..<states {
          let mean = (0..<states).reduce(0.0) { $0 + matrix[i, $1] * slope[i, $1] }
          for j in 0..<states {
            result[i * states + j] += matrix[i, j] * (slope[i, j] - mean)
          }
        }
      }
    }
    if !options.fixesEmission, let learned = statistics.emission {
      result += model.emission.gradient(learned)
    }
    return result
  }
}

/// The slope of Σ mⱼ ln πⱼ in the transition matrix, where π is its stationary distribution, up to a
/// constant a row: πᵢvⱼ with v = (I - A + 1π)⁻¹ (m/π).
func stationarySlope(
  _ matrix: NDArray<Double>, kept: [Double], counts: [Double]
) -> NDArray<Double> {
  let states = kept.count
  let system = NDArray<Double>(shape: [states, states]) { target in
    for i in 0..<states {
      for j in 0..<states {
        target[i * states + j] = (i == j ? 1 : 0) - matrix[i, j] + kept[j]
      }
    }
  }
  let ratios = (0..<states).map { counts[$0] > 0 ? counts[$0] / kept[$0] : 0 }
  guard let solution = try? solve(system, NDArray(ratios)) else {
    return NDArray(zeros: [states, states])
  }
  return NDArray(
    kept.flatMap { share in solution.elements.map { share * $0 } }, shape: [states, states])
}
