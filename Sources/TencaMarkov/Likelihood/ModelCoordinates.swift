internal import TencaNumerics

/// A model as a place in a space without bounds, and the slope of its likelihood there.
///
/// First comes the chain, as far as it is free: ln of the initial distribution, unless it is fixed or
/// the stationary one, and ln of the transition matrix, row by row, or the coordinates of the law that
/// steps follow. Then the emission. What is zero stays zero.
struct ModelCoordinates<E: DifferentiableEmission>: Sendable {
  /// The model that coordinates are counted from.
  let base: Place
  let options: HiddenMarkovOptions
  /// What the law's steps depend on; nil where steps are all alike.
  var conditions: StepConditions?
  /// What the emission remembers of states before; nil where it does not.
  var memory: StateMemory?

  /// A model of all rows.
  struct Place: Sendable {
    /// What inference goes by: of tuples where there is a memory.
    let model: HiddenMarkovModel<E>
    /// The chain of states.
    let chain: MarkovChain
    /// The law that steps follow where they are not all alike.
    var law: TransitionLaw?

    init(_ chain: MarkovChain, _ emission: E, law: TransitionLaw? = nil, memory: StateMemory?) {
      model = HiddenMarkovModel(unchecked: memory?.expanded(chain) ?? chain, emission)
      self.chain = chain
      self.law = law
    }
  }

  private var movesInitial: Bool { options.initial == .free }
  private var movesTransition: Bool { options.transition == .free }

  /// The coordinates of the base.
  var origin: [Double] {
    let chain = base.chain
    var result: [Double] = []
    if movesInitial { result += shareCoordinates(chain.initial) }
    if let law = base.law {
      result += law.coordinates
    } else if movesTransition {
      result += shareCoordinates(chain.transition.matrix.elements)
    }
    if !options.fixesEmission { result += base.model.emission.coordinates }
    return result
  }

  /// The model at coordinates; nil where it would be degenerate.
  func place(at coordinates: [Double]) -> Place? {
    let states = base.chain.stateCount
    var rest = coordinates[...]
    var (initial, transition) = (base.chain.initial, base.chain.transition)
    var law = base.law
    if movesInitial {
      initial = sharesAt(rest.prefix(states))
      rest = rest.dropFirst(states)
    }
    if let old = base.law, let conditions {
      let count = old.coordinates.count
      guard let moved = old.moved(to: Array(rest.prefix(count))),
        let matrices = try? moved.matrices(over: conditions)
      else { return nil }
      (law, transition) = (moved, matrices)
      rest = rest.dropFirst(count)
    } else if movesTransition {
      let matrix = rowsOfShares(
        at: Array(rest.prefix(states * states)), like: transition.matrix)
      transition = transition.replacing(matrix)
      rest = rest.dropFirst(states * states)
      if options.initial == .stationary {
        guard let kept = try? stationaryDistribution(matrix) else { return nil }
        initial = kept
      }
    }
    var emission = base.model.emission
    if !options.fixesEmission {
      guard let moved = emission.moved(to: Array(rest)) else { return nil }
      emission = moved
    }
    return Place(
      MarkovChain(uncheckedInitial: initial, transition: transition), emission, law: law,
      memory: memory)
  }

  /// The slope of ln p(data), and of the prior where there is one, at a model.
  ///
  /// - Parameter statistics: The E-step under that model.
  func gradient(
    at place: Place, _ statistics: ExpectedStatistics<E.Statistics>
  ) throws -> [Double] {
    let chain = place.chain
    let states = chain.stateCount
    let sums =
      memory?.folded(statistics.sums, hasSteps: place.law == nil) ?? statistics.sums
    var result: [Double] = []
    if movesInitial {
      let counts = zip(sums.initial, chain.initial).map {
        $1 > 0 ? $0 + options.initialPseudocount : 0
      }
      result += shareGradient(counts: counts, shares: chain.initial)
    }
    if let law = place.law, let steps = statistics.steps {
      result += try law.gradient(steps)
    } else if movesTransition {
      let matrix = chain.transition.matrix
      let counts = zip(sums.transitions, matrix.elements).map {
        $1 > 0 ? $0 + options.transitionPseudocount : 0
      }
      result += rowGradients(counts: counts, shares: matrix)
      if options.initial == .stationary {
        let slope = stationarySlope(matrix, kept: chain.initial, counts: sums.initial)
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
      result += place.model.emission.gradient(learned)
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
