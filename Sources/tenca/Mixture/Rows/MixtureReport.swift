internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

/// What a mixture of rows is and how it was made.
struct MixtureReport: Encodable {
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
  let warnings: [String]

  /// One component, on the columns' own scale.
  struct Component: Encodable {
    let weight: Double
    let mean: [Double]
    let deviation: [Double]
  }

  init(_ model: RowMixture, path: String) {
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
    return """
      \(file): mixture of \(components.count) Gaussians, \(covariance) covariance\
      \(standardized ? ", standardised columns" : "")
      trained on      \(source), \(rows) rows, seed \(seed)
      log-likelihood  \(logLikelihood.formatted(decimals: 3)) with \(parameters) parameters
      AIC, BIC        \(aic.formatted(decimals: 2)), \(bic.formatted(decimals: 2)) (less is better)

      \(table.text)
      """
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
