internal import TencaFormats
internal import TencaMixture

/// How far clusters agree with known labels, or with other clusters.
struct AgreementReport: Encodable {
  let adjustedRandIndex: Double
  let normalizedMutualInformation: Double
  let purity: Double
  let accuracy: Double

  init<First, Second>(_ table: ContingencyTable<First, Second>) {
    adjustedRandIndex = table.adjustedRandIndex
    normalizedMutualInformation = table.normalizedMutualInformation
    purity = table.purity
    accuracy = table.matchedAccuracy
  }

  /// The measures' names for people, in the order of ``values``.
  static let names = [
    "adjusted Rand index", "normalised mutual information", "purity",
    "accuracy, best matching",
  ]

  /// The measures with three decimals.
  var values: [String] {
    [adjustedRandIndex, normalizedMutualInformation, purity, accuracy].map {
      $0.formatted(decimals: 3)
    }
  }
}
