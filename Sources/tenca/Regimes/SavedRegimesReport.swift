internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaRegimes

/// What a saved model of regimes is, and where its series stands.
struct SavedRegimesReport: Report {
  let file: String
  let kind: String
  let source: String
  let columns: [String]
  let returns: String
  let model: RegimesReport.Model
  let labels: [String]
  let means: [Double]
  let sigmas: [Double]
  let expectedDurations: [Double?]
  let transitionMatrix: [[Double]]
  let estimates: [RegimesReport.Estimate]
  let observations: Int
  let logLikelihood: Double
  let parameters: Int
  let aic: Double
  let bic: Double
  let lastDate: String?
  let lastLevels: [Double]

  init(_ saved: SavedRegimes, path: String) {
    let (model, record) = (saved.model, saved.record)
    file = path
    kind = SavedRegimes.archiveKind
    source = record.source
    columns = record.columns
    returns = record.returns.rawValue
    self.model = RegimesReport.Model(model.specification)
    labels = record.labels
    means = model.means
    sigmas = model.sigmas
    expectedDurations = model.expectedDurations.map { $0.isFinite ? $0 : nil }
    let matrix = model.transitionMatrix
    transitionMatrix = (0..<matrix.rows).map { matrix.row($0).elements }
    estimates = record.estimates.map {
      RegimesReport.Estimate($0, model.specification, record.columns, record.labels)
    }
    observations = record.observations
    logLikelihood = record.logLikelihood
    parameters = record.parameterCount
    (aic, bic) = (saved.criteria.aic, saved.criteria.bic)
    lastDate = record.lastDate.map { "\($0)" }
    lastLevels = record.lastLevels
  }

  var text: String {
    var table = TextTable(
      [("regime", .left), ("mean", .right), ("sigma", .right), ("lasts", .right)]
        + labels.map { ("to \($0)", .right) })
    for (regime, label) in labels.enumerated() {
      table.add(
        [
          label, RegimesReport.short(means[regime]), RegimesReport.short(sigmas[regime]),
          expectedDurations[regime].map { $0.formatted(decimals: 1) } ?? "for ever",
        ] + transitionMatrix[regime].map { $0.formatted(decimals: 4) })
    }
    return """
      \(file): \(counted(labels.count, "regime", "regimes")) of \(columns.joined(separator: ", "))\
      \(returns == "none" ? "" : ", \(returns) returns")
      learned from    \(source), \(observations) rows, log-likelihood \
      \(logLikelihood.formatted(decimals: 4)) with \(parameters) parameters
      AIC, BIC        \(aic.formatted(decimals: 2)), \(bic.formatted(decimals: 2)) (less is better)
      stands at       \(lastDate ?? "its last row"), \(lastLevels.map { "\($0)" }.joined(separator: ", "))

      \(table.text)
      """
  }
}
