public import TencaNumerics

/// What makes one fit better than another with other components or covariances.
public enum SelectionCriterion: Sendable, Equatable {
  /// ``MixtureCriteria/bic``, which finds the right number of components as rows grow many.
  case bic
  /// ``MixtureCriteria/aic``, which tends to keep more components.
  case aic
  /// ``MixtureCriteria/icl``, which counts clusters rather than bells.
  case icl
  /// The mean log-density of rows that the fit did not see: this share of them, drawn at random.
  case heldOut(share: Double)
}

/// What ``GaussianMixture/select(_:components:covariances:criterion:options:execution:)`` found:
/// the whole curve, and the best fit.
public struct MixtureSelection: Sendable, Equatable {
  /// One point of the curve.
  public struct Candidate: Sendable, Equatable {
    /// How many components were asked for.
    public let components: Int
    /// What shapes they might take.
    public let covariance: CovarianceKind
    /// How the fit explains the rows that it saw.
    public let criteria: MixtureCriteria
    /// What the choice was made by, the less the better; for ``SelectionCriterion/heldOut(share:)``
    /// the negative mean log-density of the other rows.
    public let score: Double
    /// What the fit had to say.
    public let warnings: [MixtureWarning]
  }

  /// What was tried, covariance by covariance, each with components in ascending order.
  public let candidates: [Candidate]
  /// Which of ``candidates`` has the least score; of equals the first.
  public let best: Int
  /// The fit of the best candidate to all rows.
  public let fit: GaussianMixtureFit
}

extension GaussianMixture {
  /// Fits every number of components with every kind of covariance, and chooses.
  ///
  /// - Parameters:
  ///   - data: rows × columns.
  ///   - components: What to try, each at least 1.
  ///   - covariances: What to try.
  ///   - criterion: What to choose by.
  ///   - options: How to fit; its `components`, `covariance` and `start` do not count, since starts
  ///     from known parameters fit one candidate only.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  /// - Complexity: One fit a candidate.
  public static func select(
    _ data: some RowSource, components: some Sequence<Int>,
    covariances: [CovarianceKind] = CovarianceKind.allCases,
    criterion: SelectionCriterion = .bic, options: GaussianMixtureOptions,
    execution: Execution = .serial
  ) throws -> MixtureSelection {
    let counts = Set(components).sorted()
    try MixtureError.require(!counts.isEmpty, "components", "nothing", "one number or more")
    try MixtureError.require(!covariances.isEmpty, "covariances", "nothing", "one kind or more")
    let split = try SelectionSplit(data, criterion: criterion, seed: options.seed)
    var candidates: [MixtureSelection.Candidate] = []
    var fits: [GaussianMixtureFit] = []
    for covariance in covariances {
      for count in counts {
        execution.progress(
          .init(
            task: "model choice", completed: candidates.count,
            total: covariances.count * counts.count))
        let options = options.trying(count, covariance)
        let fit = try GaussianMixture.fit(split.seen, options: options, execution: execution)
        let criteria = try fit.model.criteria(
          of: split.seen, missing: options.missing, execution: execution)
        candidates.append(
          .init(
            components: count, covariance: covariance, criteria: criteria,
            score: try split.score(
              fit.model, criteria, missing: options.missing, execution: execution),
            warnings: fit.warnings))
        fits.append(fit)
      }
    }
    let best = candidates.indices.min { candidates[$0].score < candidates[$1].score }!
    var fit = fits[best]
    if split.heldOut != nil {
      let chosen = candidates[best]
      fit = try GaussianMixture.fit(
        data, options: options.trying(chosen.components, chosen.covariance), execution: execution)
    }
    return MixtureSelection(candidates: candidates, best: best, fit: fit)
  }
}

extension GaussianMixtureOptions {
  /// The same options for one candidate.
  fileprivate func trying(_ components: Int, _ covariance: CovarianceKind) -> Self {
    var options = self
    options.components = components
    options.covariance = covariance
    options.startRows = max(startRows, components)
    switch start {
    case .model, .labels: options.start = .varied
    default: break
    }
    return options
  }
}

/// Rows to fit and, perhaps, rows to judge by.
private struct SelectionSplit {
  let criterion: SelectionCriterion
  let seen: any RowSource
  let heldOut: (any RowSource)?

  init(_ data: any RowSource, criterion: SelectionCriterion, seed: UInt64) throws {
    self.criterion = criterion
    guard case .heldOut(let share) = criterion else {
      (seen, heldOut) = (data, nil)
      return
    }
    // A share that is no number has no rows either.
    let count =
      share > 0 && share < 1 ? Int((share * Double(data.rowCount)).rounded()) : 0
    try MixtureError.require(
      count > 0 && count < data.rowCount, "share", share,
      "above 0 and below 1, with rows on both sides")
    var random = RandomStream(seed: seed, stream: 1)
    let indices = Array(0..<data.rowCount)
    let chosen = random.draw(count, of: indices)
    let taken = Set(chosen)
    heldOut = SelectedRows(chosen, of: data)
    seen = SelectedRows(indices.filter { !taken.contains($0) }, of: data)
  }

  func score(
    _ model: GaussianMixture, _ criteria: MixtureCriteria, missing: MissingCells,
    execution: Execution
  ) throws -> Double {
    switch criterion {
    case .bic: return criteria.bic
    case .aic: return criteria.aic
    case .icl: return criteria.icl
    case .heldOut:
      let rows = heldOut!
      let total = try model.logLikelihood(of: rows, missing: missing, execution: execution)
      return -total / Double(rows.rowCount)
    }
  }
}
