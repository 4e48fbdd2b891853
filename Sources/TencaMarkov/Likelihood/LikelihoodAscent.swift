internal import TencaNumerics

/// A climb of the likelihood itself.
struct LikelihoodAscent<E: DifferentiableEmission> {
  private(set) var space: ModelCoordinates<E>
  private let step: ExpectationStep<E>
  private let execution: Execution

  /// - Throws: ``MarkovError`` for an emission that does not move, and data that do not fit.
  init(
    from model: HiddenMarkovModel<E>, _ data: some RowSource, lengths: [Int]?,
    options: HiddenMarkovOptions, execution: Execution
  ) throws {
    let emission = try model.emission.prepared(for: data, execution: execution)
    try MarkovError.require(
      options.fixesEmission || !emission.coordinates.isEmpty, "emission", "\(E.self)",
      "one that conforms to DifferentiableEmission")
    try MarkovError.require(
      !model.chain.transition.varies || options.transition == .fixed, "transition", "free",
      "fixed where the matrix varies from frame to frame")
    let plan = try emission.scores(data, lengths).plan
    space = ModelCoordinates(base: .init(model.chain, emission, memory: nil), options: options)
    step = ExpectationStep(
      rows: EmissionRows(data, plan), plan: plan, knownStates: options.knownStates,
      training: .baumWelch)
    self.execution = execution
  }

  /// - Throws: As the other; and for conditions that do not fit.
  init(
    from model: ConditionalMarkovModel<E>, over conditions: StepConditions,
    _ data: some RowSource, lengths: [Int]?, options: HiddenMarkovOptions, execution: Execution
  ) throws {
    var options = options
    options.transition = .fixed
    let law = model.law.prepared(for: conditions)
    let ordinary = try LikelihoodAscent(
      from: model.model(over: conditions), data, lengths: lengths, options: options,
      execution: execution)
    let base = ordinary.space.base
    space = ModelCoordinates(
      base: .init(base.chain, base.model.emission, law: law, memory: nil), options: options,
      conditions: conditions)
    step = ordinary.step
    self.execution = execution
  }

  /// - Throws: As the first.
  init(
    from model: RememberingMarkovModel<E>, _ data: some RowSource, lengths: [Int]?,
    options: HiddenMarkovOptions, execution: Execution
  ) throws {
    let ordinary = try LikelihoodAscent(
      from: model.model, data, lengths: lengths, options: options, execution: execution)
    var chain = model.chain
    if options.initial == .stationary {
      chain = MarkovChain(
        uncheckedInitial: try chain.stationaryDistribution(), transition: chain.transition)
    }
    space = ModelCoordinates(
      base: .init(chain, ordinary.space.base.model.emission, memory: model.memory),
      options: options, memory: model.memory)
    step = ordinary.step
    self.execution = execution
  }

  /// The E-step of a model.
  func statistics(
    of place: ModelCoordinates<E>.Place
  ) throws -> ExpectedStatistics<E.Statistics> {
    let steps = place.law.flatMap { law in
      space.conditions.map {
        StepSums(law, over: $0, matrices: place.chain.transition)
      }
    }
    return try step.statistics(under: place.model, steps: steps, execution: execution)
  }

  /// The log-likelihood, with that of the prior, and its slope; nil where the model is degenerate or
  /// cannot have emitted the data.
  func evaluate(_ coordinates: [Double]) throws -> (value: Double, gradient: [Double])? {
    guard let place = space.place(at: coordinates) else { return nil }
    do {
      let statistics = try statistics(of: place)
      let prior = place.law == nil ? place.chain.logPrior(space.options) : 0
      return (
        statistics.sums.logLikelihoods.reduce(0, +) + prior,
        try space.gradient(at: place, statistics)
      )
    } catch MarkovError.impossibleData, MarkovError.invalidLogLikelihood {
      return nil
    }
  }

  func run(_ search: QuasiNewton) throws -> QuasiNewton.Outcome {
    var count = 0
    return try search.maximizeFinite(from: space.origin) { coordinates in
      try execution.cancellation.check()
      execution.progress(
        .init(task: "quasi-Newton step", completed: count, total: search.iterations))
      count += 1
      return try evaluate(coordinates)
    }
  }

  /// The space around another model, such as one that was found on the way.
  private func moved(to place: ModelCoordinates<E>.Place) -> LikelihoodAscent {
    var moved = self
    moved.space = ModelCoordinates(
      base: place, options: space.options, conditions: space.conditions, memory: space.memory)
    return moved
  }

  /// A few steps of expectation and maximisation, which are safe far from the top.
  ///
  /// - Returns: The ascent from where they led, and what rose: of the start, then after each step.
  func begun(_ steps: Int) throws -> (ascent: LikelihoodAscent, history: [Double]) {
    var place = space.base
    var history: [Double] = []
    for step in 0...steps {
      let statistics = try statistics(of: place)
      history.append(
        statistics.sums.logLikelihoods.reduce(0, +) + place.chain.logPrior(space.options))
      if step == steps { break }
      let sums = space.memory?.folded(statistics.sums, hasSteps: true) ?? statistics.sums
      var emission = place.model.emission
      if !space.options.fixesEmission, let learned = statistics.emission {
        emission = try emission.maximized(learned)
      }
      place = ModelCoordinates.Place(
        try place.chain.maximized(sums, options: space.options), emission, memory: space.memory)
    }
    return (moved(to: place), history)
  }

  /// The parameters that are free, with their standard errors.
  func estimates(
    _ data: some RowSource, lengths: [Int]?, kind: StandardErrorKind
  ) throws -> [NamedParameter] {
    let surface = LikelihoodSurface(
      coordinates: space.origin, gradient: { try evaluate($0)?.gradient },
      rowLogLikelihoods: { coordinates in
        try space.place(at: coordinates)?.model
          .filtered(data, lengths: lengths, execution: execution).logLikelihoods
      },
      parameters: { space.place(at: $0).map { namedParameters($0).map(\.value) } })
    let errors = try surface.standardErrors(kind)
    return zip(namedParameters(space.base), errors).map { parameter, error in
      var parameter = parameter
      parameter.standardError = error
      return parameter
    }
  }

  /// What is free, by name.
  private func namedParameters(_ place: ModelCoordinates<E>.Place) -> [NamedParameter] {
    let chain = place.chain
    var result: [NamedParameter] = []
    if space.options.initial == .free {
      result += chain.initial.enumerated().map { NamedParameter("initial", state: $0, $1) }
    }
    if let law = place.law {
      result += law.namedParameters
    } else if space.options.transition == .free {
      let (matrix, zeros) = (chain.transition.matrix, space.base.chain.transition.matrix)
      for i in 0..<chain.stateCount {
        for j in 0..<chain.stateCount where zeros[i, j] > 0 {
          result.append(NamedParameter("transition", state: i, nextState: j, matrix[i, j]))
        }
      }
    }
    return space.options.fixesEmission ? result : result + place.model.emission.namedParameters
  }
}

extension QuasiNewton {
  /// Climbs in the coordinates that are finite; the others stay where they are.
  func maximizeFinite(
    from start: [Double], _ evaluate: ([Double]) throws -> (value: Double, gradient: [Double])?
  ) throws -> Outcome {
    let finite = start.indices.filter { start[$0].isFinite }
    func whole(_ part: [Double]) -> [Double] {
      var place = start
      for (index, value) in zip(finite, part) { place[index] = value }
      return place
    }
    var outcome = try maximize(from: finite.map { start[$0] }) { part in
      try evaluate(whole(part)).map { answer in
        (answer.value, finite.map { answer.gradient[$0] })
      }
    }
    outcome.point.coordinates = whole(outcome.point.coordinates)
    return outcome
  }
}
