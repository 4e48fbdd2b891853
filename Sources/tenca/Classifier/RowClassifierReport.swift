internal import TencaFormats
internal import TencaMixture
internal import TencaRecognition

/// What a classifier of rows is and how it was made.
struct RowClassifierReport: Report {
  let file: String
  let kind: String
  let columns: [String]
  let label: String
  let covariance: String
  let classes: [Class]
  let source: String
  let seed: UInt64
  let warnings: [String]

  /// One class.
  struct Class: Encodable {
    let label: String
    let prior: Double
    let components: Int
    let rows: Int
    let logLikelihood: Double
  }

  init(_ classifier: RowClassifier, path: String) {
    let training = classifier.training
    file = path
    kind = RowClassifier.archiveKind
    columns = classifier.columns
    label = classifier.labelColumn
    covariance = classifier.mixtures[0].covarianceKind.rawValue
    source = training.source
    seed = training.seed
    warnings = training.warnings
    classes = classifier.labels.indices.map { index in
      Class(
        label: classifier.labels[index], prior: classifier.priors[index],
        components: classifier.mixtures[index].components, rows: training.rows[index],
        logLikelihood: training.logLikelihoods[index])
    }
  }

  /// Words for people.
  var text: String {
    var table = TextTable([
      ("class", .left), ("prior", .right), ("Gaussians", .right), ("rows", .right),
      ("log-likelihood a row", .right),
    ])
    for one in classes {
      table.add([
        one.label, one.prior.formatted(decimals: 3), "\(one.components)", "\(one.rows)",
        one.logLikelihood.formatted(decimals: 3),
      ])
    }
    let lines = [
      "\(file): classifier of rows, one Gaussian mixture a class, \(covariance) covariance",
      "trained on    \(source), column '\(label)'",
      "looks at      \(columns.joined(separator: ", "))",
      "seed          \(seed)", "", table.text,
    ]
    return (lines + warnings.map { "warning: \($0)" }).joined(separator: "\n")
  }
}
