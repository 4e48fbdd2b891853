internal import TencaAudio
public import TencaNumerics

/// Choosing options by cross-validation, on training recordings alone.
public enum Tuning {
  /// Options together with the features that they ask for.
  public struct Candidate: Sendable {
    /// The options.
    public let options: ClassifierOptions
    /// The features of all recordings under these options.
    public let set: FeatureSet

    /// Pairs options with features loaded with them.
    public init(options: ClassifierOptions, set: FeatureSet) {
      self.options = options
      self.set = set
    }

    /// What sets this candidate apart from the others, in words.
    public var summary: String {
      let normalization = options.frontEnd.normalization
      let words: String =
        switch (normalization.scope, normalization.variance) {
        case (.none, _): "no normalisation"
        case (let scope, false): "\(scope.rawValue) mean removed"
        case (let scope, true): "\(scope.rawValue) mean and variance removed"
        }
      let warped = options.warps?.isEmpty == false ? ", warped copies" : ""
      return "\(options.components) components, \(words)\(warped)"
    }

    func subset(_ indices: [Int]) -> Candidate {
      Candidate(options: options, set: set.subset(indices))
    }
  }

  /// The options that are tried around `base`: mixtures of half and twice its size, and features with
  /// and without the utterance's mean and variance. These decide most: normalisation takes voice and
  /// channel out of speech, and takes the difference between rain and sea away with them. Hidden Markov
  /// models are tried with copies of voices that were not recorded, too.
  public static func variants(of base: ClassifierOptions) -> [ClassifierOptions] {
    let ways: [(scope: NormalizationOptions.Scope, variance: Bool, warps: [Double]?)] =
      [(.none, false, base.warps), (.utterance, true, base.warps)]
      + (base.hidden != nil && base.warps == nil && base.frontEnd.kind == .mfcc
        ? [(.utterance, true, ClassifierOptions.usualWarps)] : [])
    return ways.flatMap { way in
      [base.components, max(1, base.components / 2), base.components * 2].map { components in
        var options = base
        options.components = components
        options.frontEnd.normalization.scope = way.scope
        options.frontEnd.normalization.variance = way.variance
        options.warps = way.warps
        return options
      }
    }
  }

  /// Loads features for all of `variants`, once for each front end among them.
  ///
  /// - Throws: As ``FeatureSet``.
  public static func candidates(
    _ variants: [ClassifierOptions], _ dataset: Dataset, strictRate: Bool, execution: Execution
  ) throws -> [Candidate] {
    var known: [(frontEnd: FrontEndOptions, warps: [Double]?, set: FeatureSet)] = []
    return try variants.map { options in
      if let same = known.first(where: {
        $0.frontEnd == options.frontEnd && $0.warps == options.warps
      }) {
        return Candidate(options: options, set: same.set)
      }
      let set = try FeatureSet(
        dataset, options: options, strictRate: strictRate, execution: execution)
      known.append((options.frontEnd, options.warps, set))
      return Candidate(options: options, set: set)
    }
  }

  /// The candidate with the highest cross-validated accuracy; of equals, the first.
  ///
  /// - Parameters:
  ///   - candidates: What there is to choose from, at least one.
  ///   - parting: How recordings are parted; where that leaves nothing to train on, three parts with
  ///     the classes spread evenly.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: As ``CrossValidation``.
  public static func choose(
    _ candidates: [Candidate], parting: CrossValidation.Parting, execution: Execution
  ) throws -> (best: Int, accuracies: [Double]) {
    func accuracies(_ parting: CrossValidation.Parting) throws -> [Double] {
      try candidates.map {
        try CrossValidation.run([$0], parting: parting, execution: execution).confusion.accuracy
      }
    }
    var result: [Double]
    do {
      result = try accuracies(parting)
    } catch RecognitionError.badFolds {
      result = try accuracies(.folds(3))
    }
    let best = result.indices.max { (result[$0], -$0) < (result[$1], -$1) } ?? 0
    return (best, result)
  }
}
