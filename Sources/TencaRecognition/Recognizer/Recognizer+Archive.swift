public import TencaNumerics

extension Recognizer {
  /// The kind under which recognisers are saved.
  public static let archiveKind = "recognizer"
  /// The newest format that this version reads, and the one that it writes: from 2 on with projections.
  public static let archiveFormat = 2

  private struct Header: Codable {
    var options: RecognizerOptions
    var sampleRate: Int?
    var units: AcousticUnits
    var lexicon: String
    /// In the ARPA format.
    var languageModel: String
    var training: Record
  }

  /// What is saved: the arrays of the Gaussians under `bank.`, the scale of frames, the raw features'
  /// means and deviations under `raw.`, a projection under `projection.` where there is one, and as
  /// metadata the kind, the format and a JSON object with everything else; the lexicon in CMU's format
  /// and the language model in ARPA's.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    archive.add(projection)
    archive.add(standardization)
    archive.add(rawStatistics, prefix: "raw.")
    bank.write(into: &archive, prefix: "bank.")
    try archive.describe(
      Header(
        options: options, sampleRate: sampleRate, units: units, lexicon: lexicon.text,
        languageModel: languageModel.arpa, training: training),
      kind: Self.archiveKind, format: Self.archiveFormat)
    return archive
  }

  /// Makes a recogniser of a saved one.
  ///
  /// - Throws: ``RecognitionError/wrongKind(path:found:expected:)``,
  ///   ``RecognitionError/newerFormat(path:found:newest:)``,
  ///   ``RecognitionError/damagedModel(path:reason:)``.
  public init(archive: Archive, path: String) throws {
    let header: Header = try archive.description(
      kind: Self.archiveKind, newest: Self.archiveFormat, path: path)
    func damaged(_ reason: String) -> RecognitionError { .damagedModel(path: path, reason: reason) }
    let bank = try GaussianBank(archive: archive, prefix: "bank.", path: path)
    let scale = try archive.standardization(path: path)
    let units = header.units
    guard units.names.first == AcousticUnits.silenceName, units.trees.count == units.names.count,
      units.stayProbabilities.map(\.count) == units.trees.map(\.count),
      units.trees.allSatisfy({ !$0.isEmpty }), units.trees.allSatisfy({ $0.allSatisfy(\.isSound) }),
      units.stayProbabilities.allSatisfy({ $0.allSatisfy { $0 > 0 && $0 < 1 } })
    else { throw damaged("its units do not fit together") }
    guard units.stateCount == bank.stateCount, bank.columns == scale.columns else {
      throw damaged(
        "its units have \(units.stateCount) states of \(scale.columns) columns, its Gaussians "
          + "\(bank.stateCount) of \(bank.columns)")
    }
    let raw = try archive.standardization("raw.", path: path)
    let projection = try archive.projection(path: path)
    guard projection.map({ $0.outputs == scale.columns && $0.inputs <= raw.columns }) ?? true else {
      throw damaged("its projection does not fit its columns")
    }
    do {
      self.init(
        options: header.options, sampleRate: header.sampleRate, projection: projection,
        standardization: scale, rawStatistics: raw, units: units, bank: bank,
        lexicon: try PronunciationLexicon(parsing: header.lexicon, source: path),
        languageModel: try NGramModel(arpa: header.languageModel, source: path),
        training: header.training)
    } catch let error as LanguageError {
      throw damaged("\(error)")
    }
  }
}
