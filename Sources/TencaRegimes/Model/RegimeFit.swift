public import TencaMarkov
public import TencaNumerics

/// How regimes are learned.
public struct RegimeFitOptions: Sendable, Equatable {
  /// How many starts are tried; the best is kept.
  public var restarts: Int
  /// The most iterations of each.
  public var iterations: Int
  /// The same seed gives the same model.
  public var seed: UInt64
  /// What standard errors are made of; nil for none.
  public var standardErrors: StandardErrorKind?

  /// Makes options.
  ///
  /// 20 starts, as likelihoods of regimes have many tops.
  public init(
    restarts: Int = 20, iterations: Int = 1000, seed: UInt64 = 1,
    standardErrors: StandardErrorKind? = .information
  ) {
    self.restarts = restarts
    self.iterations = iterations
    self.seed = seed
    self.standardErrors = standardErrors
  }

  /// The options without standard errors.
  var withoutErrors: RegimeFitOptions {
    var options = self
    options.standardErrors = nil
    return options
  }
}

/// What ``RegimeModel/fit(_:to:options:execution:)`` found.
public struct RegimeFit: Sendable, Equatable {
  /// The model, its regimes from calm to storm, or from low to high.
  public let model: RegimeModel
  /// The likelihood and what it cost.
  public let criteria: HiddenMarkovCriteria
  /// The free parameters, with standard errors where they were wanted and are known.
  public let estimates: [NamedParameter]
  /// What the starts came to, in nats: the best is kept.
  public let restarts: [Double]
  /// Whether the search settled.
  public let converged: Bool
  /// What a reader should know.
  public let warnings: [String]
}

extension RegimeModel {
  /// Finds regimes under which a series is likely.
  ///
  /// Expectation and maximisation from many starts, then a quasi-Newton search with exact gradients; all
  /// of it in units of the series' own spread, so that results scale with the series exactly.
  ///
  /// - Parameters:
  ///   - specification: What is to be learned.
  ///   - series: Values, such as returns; rows that lack one count for nothing.
  ///   - options: How to learn it.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``RegimesError`` for a series or options that do not do; `MarkovError`;
  ///   `CancellationError`.
  /// - Complexity: O(rows · regimes²) an iteration; in mean form O(rows · regimes^(order + 2)).
  public static func fit(
    _ specification: RegimeSpecification, to series: DatedSeries,
    options: RegimeFitOptions = RegimeFitOptions(), execution: Execution = .serial
  ) throws -> RegimeFit {
    try specification.validate(series: series.columns.count)
    let design = try RegimeDesign(series, specification)
    return try fit(
      specification, to: design, of: series, options: options, execution: execution)
  }

  static func fit(
    _ specification: RegimeSpecification, to design: RegimeDesign, of source: DatedSeries,
    options: RegimeFitOptions, execution: Execution
  ) throws -> RegimeFit {
    let layout = specification.layout(series: source.columns.count)
    try requireEnough(design, layout, source)
    let emission = RegimeEmission(layout)
    var learning = HiddenMarkovOptions(
      initial: specification.effectiveStart, iterations: options.iterations, tolerance: 1e-6,
      restarts: options.restarts, seed: options.seed, ordersStates: false)
    let rows = design.rows
    if layout.memory > 0 {
      let fit = try RememberingMarkovModel.fit(
        emission, states: specification.regimes, memory: layout.memory, to: rows,
        options: learning, execution: execution)
      return try finished(
        RegimeModel(specification, .chain(fit.model.chain), fit.model.emission), design,
        fit.criteria, fit.restarts, best: fit.best, fit.warnings, options, execution)
    }
    if let conditions = design.conditions {
      let fit = try ConditionalMarkovModel.fit(
        emission, over: conditions, to: rows, options: learning, execution: execution)
      return try finished(
        RegimeModel(
          specification, .law(initial: fit.model.initial, fit.model.law), fit.model.emission),
        design, fit.criteria, fit.restarts, best: fit.restarts.count - 1, fit.warnings, options,
        execution)
    }
    if let name = specification.durations {
      guard let kind = DurationDistribution.Kind(name) else {
        throw RegimesError.invalidOption(
          name: "durations", value: name,
          limit: "geometric, poisson, negative-binomial or free:LONGEST")
      }
      learning.initial = .free
      let fit = try HiddenSemiMarkovModel.fit(
        emission, durations: kind, to: rows, options: learning, execution: execution)
      return try finished(
        RegimeModel(specification, .durations(fit.model.chain), fit.model.emission), design,
        fit.criteria, fit.restarts, best: fit.best, fit.warnings, options, execution)
    }
    // Expectation and maximisation tells starts apart; the search takes the best to the top.
    var beginning = learning
    beginning.iterations = min(100, options.iterations)
    let fit = try HiddenMarkovModel.fit(
      emission, to: rows, options: beginning, execution: execution
    ).polished(on: rows, options: learning, execution: execution)
    return try finished(
      RegimeModel(specification, .chain(fit.model.chain), fit.model.emission), design,
      fit.criteria, fit.restarts, best: fit.best, fit.warnings, options, execution)
  }

  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` where rows do not tell so many
  ///   parameters, or do not vary.
  private static func requireEnough(
    _ design: RegimeDesign, _ layout: RegimeLayout, _ source: DatedSeries
  ) throws {
    var (whole, varies) = (0, [Bool](repeating: false, count: layout.series))
    var first: [Double]?
    for row in 0..<design.rows.rows {
      let cells = design.rows.row(row).elements
      guard cells.allSatisfy(\.isFinite) else { continue }
      whole += 1
      if let first {
        for column in 0..<layout.series where cells[column] != first[column] {
          varies[column] = true
        }
      } else {
        first = cells
      }
    }
    let needed = layout.parameterCount + layout.regimes * (layout.regimes - 1)
    guard whole > needed else {
      throw RegimesError.unfitSeries(
        place: source.name,
        problem: "\(whole) whole rows cannot tell the \(needed) parameters of \(layout.regimes) "
          + "regimes",
        remedy: "Give more rows, or ask for fewer regimes or regressors")
    }
    guard let flat = varies.firstIndex(of: false) else { return }
    throw RegimesError.unfitSeries(
      place: source.name,
      problem: "the values of '\(source.columns[flat])' are all \(first?[flat] ?? .nan)",
      remedy: "A constant series has no regimes; check the column")
  }

  /// Puts regimes in order, and adds standard errors.
  private static func finished(
    _ found: RegimeModel, _ design: RegimeDesign, _ criteria: HiddenMarkovCriteria,
    _ restarts: [HiddenMarkovRestart], best: Int, _ warnings: [HiddenMarkovWarning],
    _ options: RegimeFitOptions, _ execution: Execution
  ) throws -> RegimeFit {
    let model = found.reordered(found.canonicalOrder)
    var estimates: [NamedParameter] = []
    if let kind = options.standardErrors {
      estimates = try model.estimates(design, kind, execution: execution)
    }
    return RegimeFit(
      model: model, criteria: criteria, estimates: estimates,
      restarts: restarts.map { $0.history.last ?? -.infinity }, converged: restarts[best].converged,
      warnings: warnings.map { "\($0)" })
  }

  /// The free parameters with their standard errors; those of a model with durations are not known.
  func estimates(
    _ design: RegimeDesign, _ kind: StandardErrorKind, execution: Execution
  ) throws -> [NamedParameter] {
    let options = HiddenMarkovOptions(initial: specification.effectiveStart)
    switch dynamics {
    case .chain(let chain):
      return try RememberingMarkovModel(
        chain: chain, memory: emission.layout.memory, emission: emission
      ).estimates(on: design.rows, options: options, kind: kind, execution: execution)
    case .law(let initial, let law):
      guard let conditions = design.conditions else { return [] }
      return try ConditionalMarkovModel(initial: initial, law: law, emission: emission).estimates(
        over: conditions, on: design.rows, options: options, kind: kind, execution: execution)
    case .durations: return emission.namedParameters
    }
  }
}
