internal import TencaMarkov
internal import TencaNumerics

/// The rows of a regression: values, their lags, and what else explains them.
struct RegimeDesign {
  /// series columns, then lag 1 of all series, lag 2, …, then exogenous columns; NaN where one is missing.
  let rows: NDArray<Double>
  /// The place in the series of each row: the first rows, which have no lags, are left out.
  let places: Range<Int>
  /// What steers steps; nil where nothing does.
  let conditions: StepConditions?

  init(rows: NDArray<Double>, places: Range<Int>, conditions: StepConditions?) {
    (self.rows, self.places, self.conditions) = (rows, places, conditions)
  }

  /// - Parameter context: Rows before the first, series columns each, the latest last; they give it lags.
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` for a series that is too short, and
  ///   for covariates that are missing.
  init(
    _ series: DatedSeries, _ specification: RegimeSpecification, context: [[Double]] = []
  ) throws {
    let order = specification.autoregression.order
    let lead = min(context.count, order)
    let first = order - lead
    guard series.count > first else {
      throw RegimesError.unfitSeries(
        place: series.name, problem: "\(series.count) rows are too few for \(order) lags",
        remedy: "Give more rows, or fewer lags")
    }
    places = first..<series.count
    let columns = series.columns.count
    func value(_ row: Int, _ column: Int) -> Double {
      row >= 0 ? series.values[row, column] : context[context.count + row][column]
    }
    let exogenous = try specification.exogenous.map { try series.exogenousColumn($0) }
    let width = columns * (1 + order) + exogenous.count
    let places = places
    rows = NDArray(shape: [places.count, width]) { target in
      var next = 0
      for row in places {
        for lag in 0...order {
          for column in 0..<columns {
            target[next] = value(row - lag, column)
            next += 1
          }
        }
        for other in exogenous {
          target[next] = other[row]
          next += 1
        }
      }
    }
    guard !specification.transitionCovariates.isEmpty else {
      conditions = nil
      return
    }
    let covariates = try specification.transitionCovariates.map {
      try series.exogenousColumn($0)
    }
    for (name, column) in zip(specification.transitionCovariates, covariates) {
      if let bad = places.first(where: { column[$0].isNaN }) {
        throw RegimesError.unfitSeries(
          place: "\(series.name), \(series.label(bad))",
          problem: "column '\(name)' is missing, and steps between regimes depend on it",
          remedy: "Fill it, or leave the row out")
      }
    }
    conditions = .covariates(
      NDArray(
        places.flatMap { row in covariates.map { $0[row] } },
        shape: [places.count, covariates.count]))
  }
}

extension DatedSeries {
  /// The values of an exogenous column.
  ///
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` where there is none of this name.
  func exogenousColumn(_ name: String) throws -> [Double] {
    guard let place = exogenousColumns.firstIndex(of: name) else {
      throw RegimesError.unfitSeries(
        place: self.name, problem: "it has no exogenous column '\(name)'",
        remedy: exogenousColumns.isEmpty
          ? "Carry it along" : "Those it has are \(exogenousColumns.joined(separator: ", "))")
    }
    return exogenous.column(place).elements
  }
}
