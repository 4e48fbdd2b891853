internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

/// What a mixture of rows is and how it was made.
struct MixtureReport: Report {
  let file: String
  let kind: String
  let covariance: String
  let columns: [String]
  let standardized: Bool
  let source: String
  let rows: Int
  let parameters: Int
  let logLikelihood: Double
  let aic: Double
  let bic: Double
  let seed: UInt64
  let components: [Component]
  /// What was tried, where the mixture was chosen.
  let selection: [Candidate]?
  let warnings: [String]

  /// One component, on the columns' own scale.
  struct Component: Encodable {
    let weight: Double
    let mean: [Double]
    let deviation: [Double]
  }

  /// One number of components with one kind of covariance.
  struct Candidate: Encodable {
    let components: Int
    let covariance: String
    let logLikelihood: Double
    let parameters: Int
    let aic: Double
    let bic: Double
    let icl: Double
  }

  init(_ model: RowMixture, path: String, selection: MixtureSelection? = nil) {
    let mixture = model.mixture
    file = path
    kind = RowMixture.archiveKind
    covariance = mixture.covarianceKind.rawValue
    columns = model.columns
    standardized = model.standardization != nil
    source = model.training.source
    rows = model.training.rows
    parameters = mixture.parameterCount
    logLikelihood = model.training.logLikelihood
    (aic, bic) = model.criteria
    seed = model.training.seed
    warnings = model.training.warnings
    self.selection = selection.map {
      $0.candidates.map { candidate in
        let criteria = candidate.criteria
        return Candidate(
          components: candidate.components, covariance: candidate.covariance.rawValue,
          logLikelihood: criteria.logLikelihood, parameters: criteria.parameterCount,
          aic: criteria.aic, bic: criteria.bic, icl: criteria.icl)
      }
    }
    let means = model.standardization?.undo(mixture.meanVectors) ?? mixture.meanVectors
    components = (0..<mixture.components).map { index in
      let deviations = mixture.variances.row(index).elements.enumerated().map {
        $1.squareRoot() * (model.standardization?.deviations[$0] ?? 1)
      }
      return Component(
        weight: mixture.weights[index], mean: means.row(index).elements, deviation: deviations)
    }
  }

  /// Words for people: each component's weight, and its mean ± standard deviation by column.
  var text: String {
    var table = TextTable(
      [("component", .right), ("weight", .right)]
        + columns.map { (heading: $0, alignment: TextTable.Alignment.right) })
    for (index, one) in components.enumerated() {
      table.add(
        ["\(index)", one.weight.formatted(decimals: 3)]
          + zip(one.mean, one.deviation).map { mean, deviation in
            let decimals = Self.decimals(deviation)
            return
              "\(mean.formatted(decimals: decimals)) ± \(deviation.formatted(decimals: decimals))"
          })
    }
    let words = """
      \(file): mixture of \(components.count) Gaussians, \(covariance) covariance\
      \(standardized ? ", standardised columns" : "")
      trained on      \(source), \(rows) rows, seed \(seed)
      log-likelihood  \(logLikelihood.formatted(decimals: 3)) with \(parameters) parameters
      AIC, BIC        \(aic.formatted(decimals: 2)), \(bic.formatted(decimals: 2)) (less is better)

      \(table.text)
      """
    return ([words] + (selection.map { ["", Self.table($0).text] } ?? [])).joined(separator: "\n")
  }

  /// What was tried.
  private static func table(_ candidates: [Candidate]) -> TextTable {
    var table = TextTable([
      ("covariance", .left), ("components", .right), ("parameters", .right),
      ("log-likelihood", .right), ("AIC", .right), ("BIC", .right), ("ICL", .right),
    ])
    for one in candidates {
      table.add(
        [one.covariance, "\(one.components)", "\(one.parameters)"]
          + [one.logLikelihood, one.aic, one.bic, one.icl].map { $0.formatted(decimals: 2) })
    }
    return table
  }

  /// Enough decimals to show two digits of a number.
  private static func decimals(_ value: Double) -> Int {
    var decimals = 0
    var size = value.magnitude
    while size < 10 && decimals < 8 {
      size *= 10
      decimals += 1
    }
    return decimals
  }
}
