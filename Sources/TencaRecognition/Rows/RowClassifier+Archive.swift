internal import TencaMixture
public import TencaNumerics

extension RowClassifier {
  /// The kind under which classifiers of rows are saved.
  public static let archiveKind = "row-classifier"
  /// The newest format that this version reads, and the one that it writes.
  public static let archiveFormat = 1

  /// What a saved classifier says in words.
  private struct Header: Codable {
    var columns: [String]
    var labelColumn: String
    var labels: [String]
    var logPriors: [Double]
    var training: Record
  }

  /// What is saved: `mixture.<class number>.…` arrays, and as metadata the kind, the format and a
  /// JSON object.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    archive.add(mixtures)
    try archive.describe(
      Header(
        columns: columns, labelColumn: labelColumn, labels: labels, logPriors: logPriors,
        training: training),
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
    let classes = header.labels.count
    guard classes >= 2, Set(header.labels).count == classes, header.logPriors.count == classes,
      header.training.rows.count == classes, header.training.logLikelihoods.count == classes,
      header.logPriors.allSatisfy({ $0 <= 0 })
    else {
      throw RecognitionError.damagedModel(
        path: path, reason: "its lists of classes, priors and counts do not fit together")
    }
    guard mixtures.allSatisfy({ $0.dimensions == header.columns.count }) else {
      throw RecognitionError.damagedModel(
        path: path, reason: "its mixtures have other columns than it names")
    }
    self.init(
      columns: header.columns, labelColumn: header.labelColumn, labels: header.labels,
      mixtures: mixtures, logPriors: header.logPriors, training: header.training)
  }
}
