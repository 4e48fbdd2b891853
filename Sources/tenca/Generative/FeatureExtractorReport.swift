internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural

/// What a feature extractor is and how it was made.
struct FeatureExtractorReport: Report {
  let path: String
  let kind = FeatureExtractor.archiveKind
  let shape: ExampleShape
  let features = FeatureNetwork.featureCount
  let parameters: Int
  let classes: [String]
  let source: String
  let hash: String

  init(_ extractor: FeatureExtractor, path: String) {
    self.path = path
    shape = extractor.network.shape
    parameters = extractor.network.parameterCount
    classes = extractor.classNames
    source = extractor.source
    hash = extractor.hash
  }

  var text: String {
    TextTable(facts: [
      ("model", "feature extractor"),
      ("examples", "\(shape)"),
      ("features", "\(features) numbers an example"),
      ("parameters", "\(parameters)"),
      ("classes", classes.joined(separator: ", ")),
      ("trained on", source),
      ("hash", "\(hash); measures by another cannot be compared"),
    ]).text
  }
}
