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
    try LikelihoodAscent(
      from: self, data, lengths: lengths, options: options, execution: execution
    ).estimates(data, lengths: lengths, kind: kind)
  }
}
