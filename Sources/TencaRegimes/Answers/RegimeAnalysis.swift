internal import TencaMarkov
public import TencaNumerics

/// What regimes of a series say: where it was, where it is now, and how sure that is.
public struct RegimeAnalysis: Sendable {
  /// The series.
  public let series: DatedSeries
  /// The model.
  public let model: RegimeModel
  /// The rows of the series that have an answer: the first, which have no lags, do not.
  public let rows: Range<Int>
  /// What rows tell of their regimes.
  public let probabilities: RegimeProbabilities
  /// The stretches of the most probable regimes as a whole, which look ahead.
  public let spells: [RegimeSpell]
  /// What was expected of each row given those before it, one list a series.
  public let predictions: [[PredictiveDistribution]]
  let design: RegimeDesign

  /// Asks a model about a series.
  ///
  /// - Throws: As ``RegimeModel/fit(_:to:options:execution:)``.
  public init(
    _ model: RegimeModel, _ series: DatedSeries, execution: Execution = .serial
  ) throws {
    let design = try RegimeDesign(series, model.specification)
    let probabilities = try model.probabilities(design, execution: execution)
    self.series = series
    self.model = model
    self.design = design
    rows = design.places
    self.probabilities = probabilities
    spells = series.spells(probabilities.path, from: design.places.lowerBound)
    let d = series.columns.count
    let (weights, cells) = (probabilities.states.predicted.elements, design.rows.elements)
    let (states, width) = (model.emission.stateCount, design.rows.columns)
    predictions = (0..<d).map { column in
      let predictor = model.predictor(series: column)
      return (0..<design.rows.rows).map { row in
        predictor(
          Array(weights[row * states..<(row + 1) * states]),
          regressors: cells[row * width + d..<(row + 1) * width])
      }
    }
  }

  /// The standard deviation of each row's first series given the rows before it; NaN where a regressor is
  /// missing.
  public var conditionalVolatility: [Double] { predictions[0].map(\.deviation) }

  /// How surprising each value of a series is given the rows before it, on the scale of standard normal
  /// numbers; NaN where it is missing. Under the right model they are independent and normal.
  public func pseudoResiduals(column: Int = 0) -> [Double] {
    predictions[column].enumerated().map { row, prediction in
      let value = design.rows[row, column]
      guard value.isFinite else { return .nan }
      let share = prediction.cumulativeProbability(of: value)
      // Beyond eight standard deviations probabilities can no longer be told from 0 and 1.
      return share.isNaN ? .nan : min(max(normalQuantile(share), -8.2), 8.2)
    }
  }

  /// What is expected of the row after the last one, lags and all; exogenous columns are taken to stay
  /// what they were.
  public var nextPrediction: PredictiveDistribution {
    let (d, order) = (series.columns.count, model.specification.autoregression.order)
    let lags = (0..<order).flatMap { lag in
      (0..<d).map { column -> Double in
        let value = series.values[series.count - 1 - lag, column]
        return value.isNaN ? model.emission.centers[column] : value
      }
    }
    let others = (d * (order + 1)..<design.rows.columns).map { column in
      design.rows.column(column).elements.last { !$0.isNaN } ?? 0
    }
    let states = probabilities.states.filtered
    let last = states.row(states.rows - 1).elements
    guard let matrix = try? model.ordinary(design)?.chain.transition.lastMatrix else {
      // With durations, whether the last regime ends depends on how long it has lasted; that it goes on
      // is near enough for one row.
      return model.predictive(last, regressors: lags + others)
    }
    let next = (0..<last.count).map { j in
      last.indices.reduce(0.0) { $0 + last[$1] * matrix[$1, j] }
    }
    return model.predictive(next, regressors: lags + others)
  }

  /// p(regime) of the last row, given all up to it.
  public var current: [Double] {
    probabilities.filtered.row(probabilities.filtered.rows - 1).elements
  }

  /// The share of rows in each regime, by the probabilities given all rows.
  public var shares: [Double] {
    let smoothed = probabilities.smoothed
    return (0..<model.regimes).map { regime in
      smoothed.column(regime).elements.reduce(0, +) / Double(smoothed.rows)
    }
  }

  /// How many rows spells of each regime had on average; nil for regimes without any.
  public var realizedDurations: [Double?] {
    (0..<model.regimes).map { regime in
      let own = spells.filter { $0.regime == regime }
      return own.isEmpty
        ? nil : Double(own.reduce(0) { $0 + $1.rows.count }) / Double(own.count)
    }
  }
}
