internal import FoundationEssentials
internal import TencaAudio
internal import TencaMixture
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

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
    for (index, mixture) in mixtures.enumerated() {
      mixture.write(into: &archive, prefix: "mixture.\(index).")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let header = Header(
      labels: labels, logPriors: logPriors, evidenceScale: evidenceScale, sampleRate: sampleRate,
      options: options, training: training)
    archive.metadata["tenca.kind"] = Self.archiveKind
    archive.metadata["tenca.format"] = String(Self.archiveFormat)
    archive.metadata["tenca.classifier"] = String(
      decoding: try encoder.encode(header), as: UTF8.self)
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
    let kind = archive.metadata["tenca.kind"] ?? "not a tenca model"
    guard kind == Self.archiveKind else {
      throw RecognitionError.wrongKind(path: path, found: kind, expected: Self.archiveKind)
    }
    let format = archive.metadata["tenca.format"] ?? ""
    guard let number = Int(format), number <= Self.archiveFormat else {
      throw RecognitionError.newerFormat(path: path, found: format, newest: Self.archiveFormat)
    }
    guard let text = archive.metadata["tenca.classifier"] else {
      throw RecognitionError.damagedModel(
        path: path, reason: "its description (tenca.classifier) is missing.")
    }
    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: Data(text.utf8))
    } catch {
      throw RecognitionError.damagedModel(
        path: path, reason: "its description cannot be read (\(error)).")
    }
    let mixtures = try header.labels.indices.map { index in
      do {
        return try GaussianMixture(archive: archive, prefix: "mixture.\(index).")
      } catch {
        throw RecognitionError.damagedModel(path: path, reason: "\(error)")
      }
    }
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
      header.training.recordings.count == classes, header.training.frames.count == classes
    else {
      throw damaged("its lists of classes, priors and counts differ in length.")
    }
    guard header.logPriors.allSatisfy({ $0 <= 0 }), header.evidenceScale > 0,
      header.evidenceScale.isFinite
    else {
      throw damaged("its priors or its evidence scale are no probabilities.")
    }
    let columns: Int
    do {
      columns = try FeatureLoader(
        header.options.frontEnd, sampleRate: header.sampleRate, channel: header.options.channel,
        strictRate: false
      ).extractor.columnCount
    } catch {
      throw damaged("its front end is not possible (\(error)).")
    }
    for (label, mixture) in zip(header.labels, mixtures) where mixture.dimensions != columns {
      throw damaged(
        "class '\(label)' has \(mixture.dimensions) columns, its front end gives \(columns).")
    }
  }
}
