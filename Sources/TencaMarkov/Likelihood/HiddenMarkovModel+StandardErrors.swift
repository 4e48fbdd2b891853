public import TencaNumerics

extension HiddenMarkovModel where E: DifferentiableEmission {
  /// The parameters that were learned, with their standard errors.
  ///
  /// - Parameters:
  ///   - data: What the model was learned from.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: Those of the fit: what was free.
  ///   - kind: What they are made of.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: Of the chain, as far as it is free, then of the emission. An error is nil at a bound, such
  ///   as a step that never happens, and where the likelihood does not tell it.
  /// - Throws: As ``HiddenMarkovModel/fit(_:to:lengths:options:execution:)``.
  /// - Complexity: Two E-steps a parameter; robust ones take two filter passes besides, and hold
  ///   rows × parameters numbers.
  public func estimates(
    on data: some RowSource, lengths: [Int]? = nil,
    options: HiddenMarkovOptions = HiddenMarkovOptions(), kind: StandardErrorKind = .information,
    execution: Execution = .serial
  ) throws -> [NamedParameter] {
    let ascent = try LikelihoodAscent(
      from: self, data, lengths: lengths, options: options, execution: execution)
    let surface = LikelihoodSurface(
      coordinates: ascent.space.coordinates(of: ascent.space.base),
      gradient: { try ascent.evaluate($0)?.gradient },
      rowLogLikelihoods: { coordinates in
        try ascent.space.model(at: coordinates)?
          .filtered(data, lengths: lengths, execution: execution).logLikelihoods
      },
      parameters: { coordinates in
        ascent.space.model(at: coordinates)?.namedParameters(options).map(\.value)
      })
    let errors = try surface.standardErrors(kind)
    return zip(namedParameters(options), errors).map { parameter, error in
      var parameter = parameter
      parameter.standardError = error
      return parameter
    }
  }

  /// What is free under some options, by name.
  func namedParameters(_ options: HiddenMarkovOptions) -> [NamedParameter] {
    var result: [NamedParameter] = []
    if options.initial == .free {
      result += chain.initial.enumerated().map { NamedParameter("initial", state: $0, $1) }
    }
    if options.transition == .free {
      let matrix = chain.transition.matrix
      for i in 0..<stateCount {
        for j in 0..<stateCount where matrix[i, j] > 0 {
          result.append(NamedParameter("transition", state: i, nextState: j, matrix[i, j]))
        }
      }
    }
    return options.fixesEmission ? result : result + emission.namedParameters
  }
}
