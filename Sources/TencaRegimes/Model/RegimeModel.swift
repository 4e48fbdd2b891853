public import TencaMarkov
public import TencaNumerics

/// Regimes of a series: what each is like, and how they follow each other.
public struct RegimeModel: Sendable, Equatable {
  /// How regimes follow each other.
  public enum Dynamics: Sendable, Equatable {
    /// By a transition matrix.
    case chain(MarkovChain)
    /// By covariates.
    case law(initial: [Double], TransitionLaw)
    /// Each held for a duration of its own.
    case durations(SemiMarkovChain)
  }

  /// What was to be learned.
  public let specification: RegimeSpecification
  /// How regimes follow each other.
  public let dynamics: Dynamics
  /// What regimes emit.
  public let emission: RegimeEmission

  init(_ specification: RegimeSpecification, _ dynamics: Dynamics, _ emission: RegimeEmission) {
    (self.specification, self.dynamics, self.emission) = (specification, dynamics, emission)
  }

  /// The number of regimes.
  public var regimes: Int { specification.regimes }

  /// σ of the first series in each regime: of its errors, their heavier tails included.
  public var sigmas: [Double] {
    (0..<regimes).map { deviation($0, series: 0) }
  }

  /// The standard deviation of one series' errors in a regime; ∞ where tails are too heavy for one.
  func deviation(_ regime: Int, series: Int) -> Double {
    let variance = emission.covariances[[regime, series, series]]
    let shape = emission.shape
    switch emission.layout.errors {
    case .gaussian: return variance.squareRoot()
    case .studentT:
      return shape[0] > 2 ? (variance * shape[0] / (shape[0] - 2)).squareRoot() : .infinity
    case .mixture: return (variance * (1 - shape[0] + shape[0] * shape[1])).squareRoot()
    }
  }

  /// The mean of the first series in each regime, once the regime has lasted: with regressors at their
  /// means, and lags at the mean itself.
  public var means: [Double] { (0..<regimes).map { mean($0, series: 0) } }

  /// The long-run mean of one series in a regime.
  func mean(_ regime: Int, series: Int) -> Double {
    let layout = emission.layout
    if layout.memory > 0 { return emission.intercepts[regime, series] }
    let (d, lags) = (layout.series, specification.autoregression.order * layout.series)
    let constants = (0..<d).map { row in
      (lags..<layout.regressors).reduce(emission.intercepts[regime, row]) {
        $0 + emission.slopes[[regime, row, $1]] * emission.centers[d + $1]
      }
    }
    guard lags > 0 else { return constants[series] }
    let system = NDArray<Double>(shape: [d, d]) { target in
      for i in 0..<d {
        for j in 0..<d {
          let sum = stride(from: j, to: lags, by: d).reduce(0.0) {
            $0 + emission.slopes[[regime, i, $1]]
          }
          target[i * d + j] = (i == j ? 1 : 0) - sum
        }
      }
    }
    return (try? solve(system, NDArray(constants)))?.elements[series] ?? .nan
  }

  /// The transition matrix; with covariates that at their means, and with durations which regime follows
  /// when one ends.
  public var transitionMatrix: NDArray<Double> {
    switch dynamics {
    case .chain(let chain): chain.transition.matrix
    case .law(_, let law):
      if case .logistic(let steps) = law { steps.matrixAtMeans } else { .identity(regimes) }
    case .durations(let chain): chain.transition
    }
  }

  /// How many rows each regime is expected to last; ∞ for one that is never left.
  public var expectedDurations: [Double] {
    switch dynamics {
    case .chain(let chain): chain.expectedDurations
    case .law:
      (0..<regimes).map { 1 / max(0, 1 - transitionMatrix[$0, $0]) }
    case .durations(let chain): chain.durations.map(\.mean)
    }
  }

  /// The share of time that each regime has in the long run; nil where there is no single one.
  public var stationaryShares: [Double]? {
    switch dynamics {
    case .chain(let chain): return try? chain.stationaryDistribution()
    case .law:
      return try? MarkovChain(
        initial: [1] + [Double](repeating: 0, count: regimes - 1),
        transition: TransitionMatrix(transitionMatrix)
      ).stationaryDistribution()
    case .durations(let chain):
      // Visits times how long each lasts.
      guard
        let visits = try? MarkovChain(
          initial: chain.initial, transition: TransitionMatrix(chain.transition)
        ).stationaryDistribution()
      else { return nil }
      let times = zip(visits, chain.durations).map { $0 * $1.mean }
      let total = times.reduce(0, +)
      return times.map { $0 / total }
    }
  }

  /// The model with the regimes in another order: regime `order[k]` becomes regime k.
  func reordered(_ order: [Int]) -> RegimeModel {
    let moved: Dynamics
    switch dynamics {
    case .chain(let chain): moved = .chain(chain.reordered(order))
    case .law(let initial, let law):
      moved = .law(initial: order.map { initial[$0] }, law.reordered(order))
    case .durations(let chain): moved = .durations(chain.reordered(order))
    }
    return RegimeModel(specification, moved, emission.reordered(order))
  }

  /// The order in which people know regimes: from calm to storm where variances differ, else from low
  /// means to high ones, else by coefficients.
  var canonicalOrder: [Int] {
    let keys = (0..<regimes).map { regime -> [Double] in
      let variance = emission.covariances[[regime, 0, 0]]
      let mean = mean(regime, series: 0)
      let rest = emission.slopes.row(regime).elements
      return (specification.switching.contains(.variance) ? [variance, mean] : [mean, variance])
        + rest
    }
    return (0..<regimes).sorted {
      keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
    }
  }

  /// Names that people know regimes by: calm and storm where variances differ; bear and bull where means
  /// of returns do, low and high where those of other values do.
  ///
  /// - Parameter returns: What the values are.
  public func labels(_ returns: Returns) -> [String] {
    let words: [[String]]
    if specification.switching.contains(.variance) {
      words = [
        ["calm"], ["calm", "storm"], ["calm", "uneasy", "storm"],
        ["calm", "uneasy", "rough", "storm"],
      ]
    } else if returns == .log || returns == .simple {
      words = [["steady"], ["bear", "bull"], ["bear", "flat", "bull"]]
    } else {
      words = [["steady"], ["low", "high"], ["low", "middle", "high"]]
    }
    return regimes <= words.count
      ? words[regimes - 1] : (0..<regimes).map { "regime \($0 + 1)" }
  }
}

/// What rows tell of their regimes.
public struct RegimeProbabilities: Sendable {
  /// p(regime | rows before), rows × regimes.
  public let predicted: NDArray<Double>
  /// p(regime | rows up to it): what could be known at the time.
  public let filtered: NDArray<Double>
  /// p(regime | all rows). It looks ahead.
  public let smoothed: NDArray<Double>
  /// The most probable regimes as a whole. They look ahead.
  public let path: [Int]
  /// ln p(row | rows before), in nats.
  public let logLikelihoods: [Double]
  /// p(state | rows before) and p(state | rows up to it) of the states that emit: regimes, and those they
  /// remember.
  let states: (predicted: NDArray<Double>, filtered: NDArray<Double>)

  /// Σ ln p of the rows.
  public var logLikelihood: Double { logLikelihoods.reduce(0, +) }
}

extension RegimeModel {
  /// The ordinary model of a design's rows, of tuples of regimes where values before are taken from their
  /// means; nil with durations.
  func ordinary(_ design: RegimeDesign) throws -> HiddenMarkovModel<RegimeEmission>? {
    switch dynamics {
    case .chain(let chain):
      return try RememberingMarkovModel(
        chain: chain, memory: emission.layout.memory, emission: emission
      ).model
    case .law(let initial, let law):
      guard let conditions = design.conditions else { return nil }
      return try ConditionalMarkovModel(initial: initial, law: law, emission: emission)
        .model(over: conditions)
    case .durations: return nil
    }
  }

  /// The model with durations; nil without.
  func semiMarkov() throws -> HiddenSemiMarkovModel<RegimeEmission>? {
    guard case .durations(let chain) = dynamics else { return nil }
    return try HiddenSemiMarkovModel(chain: chain, emission: emission)
  }

  /// The regime of the row itself in every state of ``ordinary(_:)``.
  var ownRegimes: [Int] { (0..<emission.stateCount).map { emission.layout.regime(of: $0) } }

  /// What rows tell of their regimes.
  func probabilities(
    _ design: RegimeDesign, execution: Execution = .serial
  ) throws -> RegimeProbabilities {
    if let model = try semiMarkov() {
      let filtered = try model.filtered(design.rows, execution: execution)
      return RegimeProbabilities(
        predicted: filtered.predicted, filtered: filtered.filtered,
        smoothed: try model.smoothed(design.rows, execution: execution).smoothed,
        path: try model.viterbi(design.rows, execution: execution).states,
        logLikelihoods: filtered.logLikelihoods, states: (filtered.predicted, filtered.filtered))
    }
    guard let model = try ordinary(design) else {
      throw RegimesError.invalidOption(
        name: "covariates", value: "none", limit: "those that steer the steps of the model")
    }
    let filtered = try model.filtered(design.rows, execution: execution)
    let own = ownRegimes
    return RegimeProbabilities(
      predicted: folded(filtered.predicted, own), filtered: folded(filtered.filtered, own),
      smoothed: folded(try model.smoothed(design.rows, execution: execution).smoothed, own),
      path: try model.viterbi(design.rows, execution: execution).states.map { own[$0] },
      logLikelihoods: filtered.logLikelihoods, states: (filtered.predicted, filtered.filtered))
  }

  /// Probabilities of regimes, from those of states.
  func folded(_ states: NDArray<Double>, _ own: [Int]) -> NDArray<Double> {
    if own.count == regimes { return states }
    return NDArray(shape: [states.rows, regimes]) { target in
      for index in target.indices { target[index] = 0 }
      for row in 0..<states.rows {
        for (state, regime) in own.enumerated() {
          target[row * regimes + regime] += states[row, state]
        }
      }
    }
  }
}
