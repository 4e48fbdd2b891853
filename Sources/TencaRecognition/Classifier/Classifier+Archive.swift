internal import TencaAudio
public import TencaNumerics

extension Classifier {
  /// The kind under which classifiers are saved.
  public static let archiveKind = "classifier"
  /// The newest format that this version reads. Mixtures are written in format 1, which older
  /// versions read; hidden Markov models in format 2.
  public static let archiveFormat = 2

  /// Everything that a saved classifier says in words.
  private struct Header: Codable {
    var labels: [String]
    var logPriors: [Double]
    var evidenceScale: Double
    var sampleRate: Int
    var options: ClassifierOptions
    var training: TrainingRecord
  }

  /// What is saved: `mixture.<class number>.…` or `hidden.<class number>.…` arrays, and as metadata
  /// the kind, the format and a JSON object with front end, options, classes and the record of
  /// training.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    archive.add(models)
    try archive.describe(
      Header(
        labels: labels, logPriors: logPriors, evidenceScale: evidenceScale,
        sampleRate: sampleRate, options: options, training: training),
      kind: Self.archiveKind, format: options.hidden == nil ? 1 : Self.archiveFormat)
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
    let models = try archive.models(
      header.labels.count, topology: header.options.hidden?.topology, path: path)
    try Self.check(header, models, path: path)
    self.init(
      options: header.options, sampleRate: header.sampleRate, labels: header.labels,
      models: models, logPriors: header.logPriors, evidenceScale: header.evidenceScale,
      training: header.training)
  }

  private static func check(_ header: Header, _ models: ClassModels, path: String) throws {
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
    for (index, label) in header.labels.enumerated() where models.columns(of: index) != columns {
      throw damaged(
        "class '\(label)' has \(models.columns(of: index)) columns, its front end gives \(columns)")
    }
  }
}
