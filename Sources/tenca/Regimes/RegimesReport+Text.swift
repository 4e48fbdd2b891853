internal import TencaFormats
internal import TencaRegimes

/// Words for people.
extension RegimesReport {
  /// Spells that are listed; the rest is in the files.
  private static let mostSpells = 12

  var text: String {
    var lines = [
      """
      \(series): \(counted(regimes.count, "regime", "regimes")) of \(columns.joined(separator: ", "))\
      \(returns == "none" ? "" : ", \(returns) returns"), \(observations) rows from \(firstDate) to \
      \(lastDate)
      """,
      """
      log-likelihood  \(logLikelihood.formatted(decimals: 4)) with \(parameters) parameters; AIC \
      \(aic.formatted(decimals: 2)), BIC \(bic.formatted(decimals: 2))\(converged ? "" : "; not converged")
      """,
      "first regime    \(model.start)",
    ]
    lines += ["", regimeTable, "", stepTable]
    let others = estimates.filter {
      $0.name == "coefficient" || $0.name == "degreesOfFreedom" || $0.name.hasPrefix("tail")
        || $0.name.hasPrefix("step")
    }
    if !others.isEmpty { lines += ["", table(others)] }
    lines += [
      "",
      """
      now             \(current.regime) with probability \
      \(current.probability.formatted(decimals: 3)) on \(current.date) (filtered: what could be known \
      then), \(counted(current.rows, "row", "rows")) so far
      """,
      """
      next row        volatility \(short(current.volatility)), value at risk \
      \(short(current.valueAtRisk.percent5)) (5%) and \(short(current.valueAtRisk.percent1)) (1%), \
      expected shortfall \(short(current.expectedShortfall.percent5)) and \
      \(short(current.expectedShortfall.percent1))
      """,
    ]
    lines += ["", spellTable]
    if let diagnostics {
      lines += ["", words(diagnostics)]
    }
    if let selection { lines += ["", table(selection)] }
    if let test {
      lines += [
        "",
        """
        \(test.states) regimes against \(test.states + 1): likelihood ratio \
        \(test.likelihoodRatio.formatted(decimals: 3)), p = \(test.pValue.formatted(decimals: 4)) by \
        \(test.draws) drawn series
        """,
      ]
    }
    if let walkForward {
      lines += [
        "",
        """
        walk forward    \(walkForward.rows) rows from \(walkForward.firstDate), \(walkForward.refits) \
        models of rows before them: log-likelihood \(walkForward.logLikelihood.formatted(decimals: 3))
        """,
      ]
    }
    if let forecast { lines += ["", table(forecast)] }
    return lines.joined(separator: "\n")
  }

  /// A number with the digits that matter.
  static func short(_ value: Double) -> String {
    if value == 0 || !value.isFinite { return "\(value)" }
    var (decimals, size) = (3, abs(value))
    while size < 1 && decimals < 12 {
      size *= 10
      decimals += 1
    }
    return value.formatted(decimals: decimals)
  }

  private func short(_ value: Double) -> String { Self.short(value) }

  private func withError(_ value: Double, _ error: Double?) -> String {
    error.map { "\(short(value)) ± \(short($0))" } ?? short(value)
  }

  private var regimeTable: String {
    var table = TextTable([
      ("regime", .left), ("mean", .right), ("sigma", .right), ("lasts", .right),
      ("lasted", .right), ("share", .right), ("VaR 5%", .right), ("ES 5%", .right),
    ])
    for regime in regimes {
      table.add([
        regime.label, withError(regime.mean, regime.standardErrors.mean),
        withError(regime.sigma, regime.standardErrors.sigma),
        regime.expectedDuration.map { $0.formatted(decimals: 1) } ?? "for ever",
        regime.realizedDuration.map { $0.formatted(decimals: 1) } ?? "never",
        "\((100 * regime.share).formatted(decimals: 1))%", short(regime.valueAtRisk.percent5),
        short(regime.expectedShortfall.percent5),
      ])
    }
    return table.text
  }

  private var stepTable: String {
    var table = TextTable([("from, to", .left)] + labels.map { ($0, .right) })
    for (i, label) in labels.enumerated() {
      table.add(
        [label]
          + labels.indices.map { j in
            transitionStandardErrors[i][j].map {
              "\(transitionMatrix[i][j].formatted(decimals: 4)) ± \($0.formatted(decimals: 4))"
            } ?? transitionMatrix[i][j].formatted(decimals: 4)
          })
    }
    return table.text
  }

  private func table(_ estimates: [Estimate]) -> String {
    var table = TextTable([("parameter", .left), ("regime", .left), ("value", .right)])
    for estimate in estimates {
      let name = [estimate.name, estimate.regressor ?? estimate.column].compactMap(\.self)
      let regime = [estimate.regime, estimate.nextRegime].compactMap(\.self)
      table.add([
        name.joined(separator: " of "), regime.isEmpty ? "all" : regime.joined(separator: " to "),
        withError(estimate.value, estimate.standardError),
      ])
    }
    return table.text
  }

  private var spellTable: String {
    let title =
      spells.count > Self.mostSpells
      ? "The last \(Self.mostSpells) of \(spells.count) spells (viterbi: looks ahead)"
      : "Spells (viterbi: looks ahead)"
    var table = TextTable([
      ("regime", .left), ("from", .left), ("to", .left), ("rows", .right), ("change", .right),
    ])
    for spell in spells.suffix(Self.mostSpells) {
      table.add([
        spell.regime, spell.from, spell.to, "\(spell.rows)",
        spell.change.map { "\((100 * $0).formatted(decimals: 1))%" } ?? "",
      ])
    }
    return title + "\n" + table.text
  }

  private func words(_ diagnostics: ResidualDiagnostics) -> String {
    func p(_ test: ResidualDiagnostics.Test?) -> String {
      test.map { $0.pValue.formatted(decimals: 4) } ?? "none"
    }
    return """
      residuals       p of no correlation \(p(diagnostics.ljungBox)) (Ljung-Box), of normality \
      \(p(diagnostics.jarqueBera)) (Jarque-Bera), of even variance \(p(diagnostics.arch)) (ARCH)
      """
  }

  private func table(_ candidates: [Candidate]) -> String {
    var table = TextTable([
      ("states", .right), ("log-likelihood", .right), ("parameters", .right), ("AIC", .right),
      ("BIC", .right), ("ICL", .right), ("score", .right),
    ])
    let best = candidates.map(\.score).min()
    for candidate in candidates {
      table.add([
        "\(candidate.states)", candidate.logLikelihood.formatted(decimals: 3),
        "\(candidate.parameters)", candidate.aic.formatted(decimals: 2),
        candidate.bic.formatted(decimals: 2), candidate.icl.formatted(decimals: 2),
        candidate.score.formatted(decimals: 4) + (candidate.score == best ? " *" : "  "),
      ])
    }
    return table.text
  }

  private func table(_ forecast: Forecast) -> String {
    let hasPrices = forecast.steps[0].prices != nil
    let levels = forecast.levels.map { "\(($0 * 100).formatted(decimals: 0))%" }
    var table = TextTable(
      [("ahead", .right), ("date", .left)] + labels.map { ("p(\($0))", .right) }
        + [("mean", .right), ("deviation", .right)]
        + levels.map { ((hasPrices ? "price " : "") + $0, .right) })
    for step in forecast.steps {
      table.add(
        ["\(step.step)", step.date ?? ""] + step.probabilities.map { $0.formatted(decimals: 3) }
          + [short(step.mean), short(step.deviation)]
          + (step.prices ?? step.quantiles).map {
            hasPrices ? $0.formatted(decimals: 2) : short($0)
          })
    }
    return table.text
  }
}
