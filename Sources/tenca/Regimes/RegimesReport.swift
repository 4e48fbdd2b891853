internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaRegimes

/// What the regimes of a series are, when they were there, and where it is now.
struct RegimesReport: Report {
  let series: String
  let columns: [String]
  let returns: String
  let model: Model
  let observations: Int
  let firstDate: String
  let lastDate: String
  let logLikelihood: Double
  let parameters: Int
  let aic: Double
  let bic: Double
  let icl: Double
  let converged: Bool
  let restarts: [Double]
  let regimes: [Regime]
  let transitionMatrix: [[Double]]
  let transitionStandardErrors: [[Double?]]
  let estimates: [Estimate]
  /// The regime that is the most probable at the last row, given all rows up to it.
  let current: Current
  /// p(regime) of the last row, given all rows up to it, in the order of `regimes`.
  let probabilities: [Double]
  let spells: [Spell]
  let diagnostics: ResidualDiagnostics?
  let forecast: Forecast?
  let selection: [Candidate]?
  let test: Test?
  let walkForward: Walk?
  let notes: [SeriesNote]
  let warnings: [String]

  var labels: [String] { regimes.map(\.label) }

  /// What was learned.
  struct Model: Encodable {
    let states: Int
    let switching: [String]
    let autoregression: String
    let errors: String
    let exogenous: [String]
    let transitionCovariates: [String]
    let durations: String?
    /// What the first regime's distribution is: stationary, free or fixed.
    let start: String
  }

  /// One regime.
  struct Regime: Encodable {
    let label: String
    /// Of the first series.
    let mean: Double
    let sigma: Double
    let standardErrors: Errors
    /// Of every series, where there are several.
    let means: [Double]?
    let sigmas: [Double]?
    /// In rows; nil for one that is never left.
    let expectedDuration: Double?
    let realizedDuration: Double?
    /// Of the rows, by probabilities that look ahead.
    let share: Double
    let stationaryShare: Double?
    /// How much is lost at least in the worst 5 and 1 of 100 rows, and on average in these.
    let valueAtRisk: Risk
    let expectedShortfall: Risk
  }

  struct Errors: Encodable {
    let mean: Double?
    let sigma: Double?
  }

  struct Risk: Encodable {
    let percent5: Double
    let percent1: Double
  }

  /// A free parameter.
  struct Estimate: Encodable {
    let name: String
    let regime: String?
    let nextRegime: String?
    let column: String?
    let regressor: String?
    let value: Double
    let standardError: Double?
  }

  struct Current: Encodable {
    let date: String
    let regime: String
    let probability: Double
    /// Rows in the regime so far, by the most probable path.
    let rows: Int
    /// Of the next row, whatever its regime: its standard deviation and what may be lost.
    let volatility: Double
    let valueAtRisk: Risk
    let expectedShortfall: Risk
  }

  struct Spell: Encodable {
    let regime: String
    let from: String
    let to: String
    let rows: Int
    /// Of the level over the spell, as a share.
    let change: Double?
  }

  struct Forecast: Encodable {
    let levels: [Double]
    let steps: [Step]
  }

  struct Step: Encodable {
    let step: Int
    let date: String?
    let probabilities: [Double]
    let mean: Double
    let deviation: Double
    let quantiles: [Double]
    let prices: [Double]?
  }

  struct Candidate: Encodable {
    let states: Int
    let logLikelihood: Double
    let parameters: Int
    let aic: Double
    let bic: Double
    let icl: Double
    let score: Double
  }

  /// A number of regimes against one more.
  struct Test: Encodable {
    let states: Int
    let likelihoodRatio: Double
    let pValue: Double
    let draws: Int
  }

  struct Walk: Encodable {
    let firstDate: String
    let rows: Int
    let refits: Int
    /// Σ ln p(row | rows before), each by a model of rows before it.
    let logLikelihood: Double
    let probabilities: [Double]
  }
}
