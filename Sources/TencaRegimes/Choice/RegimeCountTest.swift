internal import TencaMarkov
public import TencaNumerics

/// Whether a series has one regime more than a number, by the parametric bootstrap (G. McLachlan, 1987).
///
/// The ratio of likelihoods is not χ² distributed here, since under fewer regimes some parameters of more
/// are not there to be estimated. So series are drawn from the smaller model, both are fitted to each, and
/// the ratio is held against those.
public struct RegimeCountTest: Sendable, Equatable {
  /// The smaller number of regimes.
  public let regimes: Int
  /// 2 · (ln L of one regime more, less ln L).
  public let likelihoodRatio: Double
  /// The same of each series that was drawn.
  public let drawn: [Double]

  /// The share of drawn ratios at least as large, counted with the one that was seen.
  public var pValue: Double {
    Double(1 + drawn.count { $0 >= likelihoodRatio }) / Double(1 + drawn.count)
  }
}

extension RegimeModel {
  /// Tests a number of regimes against one more.
  ///
  /// - Parameters:
  ///   - specification: The smaller model.
  ///   - series: The series.
  ///   - draws: How many series are drawn, at least 19.
  ///   - options: How to learn.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: As ``fit(_:to:options:execution:)``; ``RegimesError/invalidOption(name:value:limit:)``.
  /// - Complexity: Two fits a draw.
  public static func testCount(
    _ specification: RegimeSpecification, of series: DatedSeries, draws: Int = 99,
    options: RegimeFitOptions = RegimeFitOptions(restarts: 5), execution: Execution = .serial
  ) throws -> RegimeCountTest {
    try RegimesError.require(draws >= 19, "draws", draws, "at least 19")
    let larger = specification.with(regimes: specification.regimes + 1)
    try larger.validate(series: series.columns.count)
    let options = options.withoutErrors
    let design = try RegimeDesign(series, specification)
    let own = Execution(cancellation: execution.cancellation)
    @Sendable func ratio(_ design: RegimeDesign) throws -> (Double, RegimeModel) {
      let small = try fit(
        specification, to: design, of: series, options: options, execution: own)
      let large = try fit(
        larger, to: design, of: series, options: options, execution: own)
      return (
        2 * (large.criteria.logLikelihood - small.criteria.logLikelihood), small.model
      )
    }
    let (seen, model) = try ratio(design)
    let random = RandomStream(seed: options.seed).split(99)
    let drawn = try execution.map(draws) { draw in
      var random = random.split(UInt64(draw))
      execution.progress(.init(task: "bootstrap", completed: draw, total: draws))
      return try ratio(try model.simulated(like: design, using: &random)).0
    }
    return RegimeCountTest(
      regimes: specification.regimes, likelihoodRatio: max(seen, 0), drawn: drawn.map { max($0, 0) }
    )
  }

  /// Rows drawn from the model, with the exogenous columns, the first lags and the gaps of a design.
  func simulated(
    like design: RegimeDesign, using random: inout RandomStream
  ) throws -> RegimeDesign {
    let (d, order) = (emission.layout.series, specification.autoregression.order)
    let count = design.rows.rows
    let states: [Int]
    if case .durations(let chain) = dynamics {
      states = chain.sample(count, using: &random)
    } else {
      let chain = try ordinary(design)!.chain
      var state = random.categorical(weights: chain.initial)
      states = (0..<count).map { row in
        defer {
          if row + 1 < count {
            state = random.categorical(
              weights: chain.transition.matrix(from: row).row(state).elements)
          }
        }
        return state
      }
    }
    var history = (0..<order).map { lag in
      (0..<d).map { column -> Double in
        let value = design.rows[0, d * (lag + 1) + column]
        return value.isNaN ? emission.centers[column] : value
      }
    }
    var rows: [Double] = []
    for row in 0..<count {
      let others = Array(design.rows.row(row).elements[(d * (order + 1))...])
      let regressors = history.flatMap(\.self) + others
      let values = emission.draw(states[row], regressors.map { $0.isNaN ? 0 : $0 }, using: &random)
      let isMissing = (0..<d).contains { design.rows[row, $0].isNaN }
      rows += isMissing ? [Double](repeating: .nan, count: d) : values
      rows += regressors
      if order > 0 { history = [values] + history.dropLast() }
    }
    return RegimeDesign(
      rows: NDArray(rows, shape: design.rows.shape), places: design.places,
      conditions: design.conditions)
  }
}
