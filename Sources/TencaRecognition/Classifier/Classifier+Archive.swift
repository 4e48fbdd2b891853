internal import TencaAudio
internal import TencaMixture
public import TencaNumerics

extension Classifier {
  /// The kind under which classifiers are saved.
  public static let archiveKind = "classifier"
  /// The newest format that this version reads, and the one that it writes.
  public static let archiveFormat = 1

  /// Everything that a saved classifier says in words.
  private struct Header: Codable {
    var labels: [String]
    var logPriors: [Double]
    var evidenceScale: Double
    var sampleRate: Int
    var options: ClassifierOptions
    var training: TrainingRecord
  }

  /// What is saved: `mixture.<class number>.…` arrays, and as metadata the kind, the format and a
  /// JSON object with front end, options, classes and the record of training.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    archive.add(mixtures)
    try archive.describe(
      Header(
        labels: labels, logPriors: logPriors, evidenceScale: evidenceScale,
        sampleRate: sampleRate, options: options, training: training),
      kind: Self.archiveKind, format: Self.archiveFormat)
    return archive
  }

  /// Makes a classifier of a saved one.
  ///
  /// - Parameters:
  ///   - archive: What was saved.
  ///   - path: The file's path, for errors.
  /// - Throws: ``RecognitionError/wrongKind(path:found:expected:)``,
  ///   ``RecognitionError/newerFormat(path:found:newest:)``,
  ///   ``RecognitionError/damagedModel(path:reason:)``.
  public init(archive: Archive, path: String) throws {
    let header: Header = try archive.description(
      kind: Self.archiveKind, newest: Self.archiveFormat, path: path)
    let mixtures = try archive.mixtures(header.labels.count, path: path)
    try Self.check(header, mixtures, path: path)
    self.init(
      options: header.options, sampleRate: header.sampleRate, labels: header.labels,
      mixtures: mixtures, logPriors: header.logPriors, evidenceScale: header.evidenceScale,
      training: header.training)
  }

  private static func check(_ header: Header, _ mixtures: [GaussianMixture], path: String) throws {
    func damaged(_ reason: String) -> RecognitionError { .damagedModel(path: path, reason: reason) }
    let classes = header.labels.count
    guard classes >= 2, header.logPriors.count == classes,
      header.training.recordings.count == classes, header.training.frames.count == classes,
      header.training.logLikelihoods.count == classes
    else {
      throw damaged("its lists of classes, priors and counts differ in length")
    }
    guard Set(header.labels).count == classes else {
      throw damaged("two of its classes have one name")
    }
    guard header.logPriors.allSatisfy({ $0 <= 0 }), header.evidenceScale > 0,
      header.evidenceScale.isFinite
    else {
      throw damaged("its priors are no probabilities, or its evidence scale is not positive")
    }
    let columns: Int
    do {
      columns = try FeatureLoader(
        header.options.frontEnd, sampleRate: header.sampleRate, channel: header.options.channel,
        strictRate: false
      ).extractor.columnCount
    } catch {
      throw damaged("its front end is not possible (\(error))")
    }
    for (label, mixture) in zip(header.labels, mixtures) where mixture.dimensions != columns {
      throw damaged(
        "class '\(label)' has \(mixture.dimensions) columns, its front end gives \(columns)")
    }
  }
}
