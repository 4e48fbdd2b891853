internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaRegimes

/// Reports of what was found.
extension RegimesReport {
  init(
    _ found: FoundRegimes, forecast: RegimeForecast?, test: RegimeCountTest?, walk: WalkForward?
  ) {
    let (fit, analysis) = (found.fit, found.analysis)
    let (model, data) = (fit.model, analysis.series)
    let labels = model.labels(data.returns)
    let specification = model.specification
    func rowLabel(_ row: Int) -> String { data.label(row) }
    series = data.name
    columns = data.columns
    returns = data.returns.rawValue
    self.model = Model(specification)
    observations = fit.criteria.rows
    firstDate = rowLabel(analysis.rows.lowerBound)
    lastDate = rowLabel(data.count - 1)
    logLikelihood = fit.criteria.logLikelihood
    parameters = fit.criteria.parameterCount
    (aic, bic, icl) = (fit.criteria.aic, fit.criteria.bic, fit.criteria.icl)
    converged = fit.converged
    restarts = fit.restarts
    let (durations, realized) = (model.expectedDurations, analysis.realizedDurations)
    let (shares, stationary) = (analysis.shares, model.stationaryShares)
    func error(_ names: [String], _ regime: Int) -> Double? {
      fit.estimates.first {
        names.contains($0.name) && ($0.state == regime || $0.state == nil)
          && ($0.column ?? 0) == 0
      }?.standardError
    }
    regimes = labels.enumerated().map { regime, label in
      let distribution = model.distribution(of: regime)
      let all = data.columns.count
      return Regime(
        label: label, mean: model.means[regime], sigma: model.sigmas[regime],
        standardErrors: Errors(
          mean: error(["mean", "intercept"], regime), sigma: error(["sigma"], regime)),
        means: all > 1 ? (0..<all).map { model.distribution(of: regime, series: $0).mean } : nil,
        sigmas: all > 1
          ? (0..<all).map { model.distribution(of: regime, series: $0).deviation } : nil,
        expectedDuration: durations[regime].isFinite ? durations[regime] : nil,
        realizedDuration: realized[regime], share: shares[regime],
        stationaryShare: stationary?[regime], valueAtRisk: Risk(atRisk: distribution),
        expectedShortfall: Risk(shortfall: distribution))
    }
    let matrix = model.transitionMatrix
    transitionMatrix = (0..<matrix.rows).map { matrix.row($0).elements }
    transitionStandardErrors = (0..<matrix.rows).map { i in
      (0..<matrix.rows).map { j in
        fit.estimates.first {
          $0.name == "transition" && $0.state == i && $0.nextState == j
        }?.standardError
      }
    }
    estimates = fit.estimates.map { Estimate($0, specification, data.columns, labels) }
    let now = analysis.current
    let best = now.indices.max { now[$0] < now[$1] }!
    let next = analysis.nextPrediction
    current = Current(
      date: lastDate, regime: labels[best], probability: now[best],
      rows: analysis.spells.last?.rows.count ?? 0, volatility: next.deviation,
      valueAtRisk: Risk(atRisk: next), expectedShortfall: Risk(shortfall: next))
    probabilities = now
    spells = analysis.spells.map {
      Spell(
        regime: labels[$0.regime], from: rowLabel($0.rows.lowerBound),
        to: rowLabel($0.rows.upperBound - 1), rows: $0.rows.count, change: $0.change)
    }
    diagnostics = try? ResidualDiagnostics(analysis.pseudoResiduals())
    self.forecast = forecast.map { Forecast($0) }
    selection = found.selection?.candidates.map {
      Candidate(
        states: $0.regimes, logLikelihood: $0.criteria.logLikelihood,
        parameters: $0.criteria.parameterCount, aic: $0.criteria.aic, bic: $0.criteria.bic,
        icl: $0.criteria.icl, score: $0.score)
    }
    self.test = test.map {
      Test(
        states: $0.regimes, likelihoodRatio: $0.likelihoodRatio, pValue: $0.pValue,
        draws: $0.drawn.count)
    }
    walkForward = walk.map {
      Walk(
        firstDate: rowLabel($0.rows.lowerBound), rows: $0.rows.count, refits: $0.refits.count,
        logLikelihood: $0.logLikelihoods.reduce(0, +),
        probabilities: $0.filtered.row($0.filtered.rows - 1).elements)
    }
    notes = data.report.notes
    warnings = found.warnings
  }
}

extension RegimesReport.Model {
  init(_ specification: RegimeSpecification) {
    states = specification.regimes
    switching = specification.switching.map(\.rawValue).sorted()
    autoregression =
      switch specification.autoregression {
      case .none: "none"
      case .intercept(let order): "intercept:\(order)"
      case .mean(let order): "mean:\(order)"
      }
    errors = specification.errors.rawValue
    exogenous = specification.exogenous
    transitionCovariates = specification.transitionCovariates
    durations = specification.durations
    start = specification.effectiveStart.rawValue
  }
}

extension RegimesReport.Risk {
  /// Values at risk: losses, so positive where values may fall.
  init(atRisk distribution: PredictiveDistribution) {
    self.init(percent5: -distribution.quantile(0.05), percent1: -distribution.quantile(0.01))
  }

  /// Expected shortfalls.
  init(shortfall distribution: PredictiveDistribution) {
    self.init(percent5: -distribution.meanBelow(0.05), percent1: -distribution.meanBelow(0.01))
  }
}

extension RegimesReport.Estimate {
  init(
    _ parameter: NamedParameter, _ specification: RegimeSpecification, _ columns: [String],
    _ labels: [String]
  ) {
    name = parameter.name
    regime = parameter.state.map { labels[$0] }
    nextRegime = parameter.nextState.map { labels[$0] }
    if parameter.name.hasPrefix("step") {
      column = parameter.column.map { specification.transitionCovariates[$0] }
      regressor = nil
    } else {
      column = parameter.column.map { columns[$0] }
      regressor = parameter.otherColumn.map {
        Self.columnName($0, specification, columns)
      }
    }
    value = parameter.value
    standardError = parameter.standardError
  }

  /// The name of a column of the regression: a series, a lag of one, or an exogenous column.
  private static func columnName(
    _ column: Int, _ specification: RegimeSpecification, _ columns: [String]
  ) -> String {
    let (d, order) = (columns.count, specification.autoregression.order)
    if column < d { return columns[column] }
    if column < d * (order + 1) { return "\(columns[column % d]), lag \(column / d)" }
    return specification.exogenous[column - d * (order + 1)]
  }
}

extension RegimesReport.Forecast {
  init(_ forecast: RegimeForecast) {
    levels = forecast.levels
    steps = forecast.means.indices.map { step in
      RegimesReport.Step(
        step: step + 1, date: forecast.dates.map { "\($0[step])" },
        probabilities: forecast.regimes.row(step).elements, mean: forecast.means[step],
        deviation: forecast.deviations[step], quantiles: forecast.quantiles.row(step).elements,
        prices: forecast.prices?.row(step).elements)
    }
  }
}
