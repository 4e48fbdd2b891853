public import TencaMarkov
public import TencaNumerics

/// What makes one number of regimes better than another; the less, the better.
public enum RegimeCriterion: String, Sendable, Codable, CaseIterable {
  /// Schwarz's criterion.
  case bic
  /// Akaike's, which tends to keep more.
  case aic
  /// The BIC of the rows together with their best path, which wants regimes that can be told apart.
  case icl
  /// The negative log-likelihood of the last fifth of rows under a model of those before, per row.
  case heldOut = "held-out"
}

/// What several numbers of regimes came to.
public struct RegimeSelection: Sendable {
  /// One number of regimes.
  public struct Candidate: Sendable, Equatable {
    /// How many.
    public let regimes: Int
    /// How the fit explains all rows.
    public let criteria: HiddenMarkovCriteria
    /// What the choice was made by.
    public let score: Double
  }

  /// What was tried, numbers ascending.
  public let candidates: [Candidate]
  /// Which of them is the best.
  public let best: Int
  /// The fit of the best to all rows.
  public let fit: RegimeFit
}

extension RegimeModel {
  /// Fits several numbers of regimes, and chooses.
  ///
  /// - Parameters:
  ///   - counts: The numbers to try.
  ///   - criterion: What to choose by.
  ///   - specification: What else is to be learned.
  ///   - series: The series.
  ///   - options: How to learn.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: As ``fit(_:to:options:execution:)``; where a number has too many parameters for the rows
  ///   it is left out, unless it is the least.
  /// - Complexity: A fit for each number, two where rows are held out.
  public static func select(
    _ counts: ClosedRange<Int>, by criterion: RegimeCriterion,
    _ specification: RegimeSpecification, from series: DatedSeries,
    options: RegimeFitOptions = RegimeFitOptions(), execution: Execution = .serial
  ) throws -> RegimeSelection {
    var candidates: [RegimeSelection.Candidate] = []
    var fits: [RegimeFit] = []
    for count in counts {
      execution.progress(
        .init(
          task: "number of regimes", completed: count - counts.lowerBound, total: counts.count))
      let own = specification.with(regimes: count)
      let fit: RegimeFit
      do {
        fit = try Self.fit(own, to: series, options: options, execution: execution)
      } catch let error as RegimesError {
        if count == counts.lowerBound { throw error }
        break
      }
      let score: Double =
        switch criterion {
        case .bic: fit.criteria.bic
        case .aic: fit.criteria.aic
        case .icl: fit.criteria.icl
        case .heldOut: try heldOut(own, series, options, execution)
        }
      candidates.append(.init(regimes: count, criteria: fit.criteria, score: score))
      fits.append(fit)
    }
    let best = candidates.indices.min { candidates[$0].score < candidates[$1].score }!
    return RegimeSelection(candidates: candidates, best: best, fit: fits[best])
  }

  private static func heldOut(
    _ specification: RegimeSpecification, _ series: DatedSeries, _ options: RegimeFitOptions,
    _ execution: Execution
  ) throws -> Double {
    let split = series.count * 4 / 5
    let options = options.withoutErrors
    let model = try fit(
      specification, to: series.rows(0..<split), options: options, execution: execution
    ).model
    let design = try RegimeDesign(series, specification)
    let rows = try model.probabilities(design, execution: execution).logLikelihoods
    let held = rows.suffix(series.count - split)
    return -held.reduce(0, +) / Double(held.count)
  }
}
