internal import FoundationEssentials
internal import Logging
internal import TencaAudio
internal import TencaMarkov
internal import TencaNumerics
internal import TencaRecognition

/// How sequences are made of sound: every recording is one, a row a frame.
struct SoundSequences: Codable {
  let frontEnd: FrontEndOptions
  let sampleRate: Int
  let channel: ChannelPolicy

  /// The name under which models keep this.
  private static let note = "front end"

  init(frontEnd: FrontEndOptions, sampleRate: Int, channel: ChannelPolicy) {
    self.frontEnd = frontEnd
    self.sampleRate = sampleRate
    self.channel = channel
  }

  /// What a model says of itself; nil where it is one of tables.
  init?(_ model: SequenceModel) throws {
    guard let text = model.notes[Self.note] else { return nil }
    self = try JSONDecoder().decode(SoundSequences.self, from: Data(text.utf8))
  }

  /// The model with this written into it.
  func noted(in model: SequenceModel) throws -> SequenceModel {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var model = model
    model.notes[Self.note] = String(decoding: try encoder.encode(self), as: UTF8.self)
    return model
  }

  /// The sound files at a path; nil where it is a table, or a folder without sounds.
  static func files(at path: String) throws -> [SoundInputs.File]? {
    if path == "-" { return nil }
    let isSound = SoundFiles.extensions.contains {
      path.lowercased().hasSuffix(".\($0)")
    }
    let inFolder = SoundFiles.isFolder(path) && (try? SoundFiles.find(in: path)) != nil
    return isSound || inFolder ? try SoundInputs([path]).files : nil
  }

  /// The rate of the first file that can be read.
  static func sampleRate(of files: [SoundInputs.File]) -> Int? {
    files.lazy.compactMap { try? SoundReader(path: $0.path).sampleRate }.first
  }

  /// Recordings as sequences, with the time of each frame's middle.
  ///
  /// - Returns: The sequences, and the files that could not be read.
  /// - Throws: The failure of a single file; what the front end cannot be made of.
  func table(
    _ files: [SoundInputs.File], path: String, execution: Execution
  ) throws -> (table: SequenceTable, failures: [Failure]) {
    let loader = try FeatureLoader(
      frontEnd, sampleRate: sampleRate, channel: channel, strictRate: false)
    let results = try execution.map(files.count) { index in
      try execution.cancellation.check()
      return Result {
        try loader.load(files[index].path, cancellation: execution.cancellation).features
      }
    }
    if case .failure(let error) = results[0], files.count == 1 { throw error }
    var failures: [Failure] = []
    var parts: [NDArray<Double>] = []
    var sequences: [SequenceTable.Sequence] = []
    var first = 0
    for (file, result) in zip(files, results) {
      switch result {
      case .failure(let error): failures.append(Failure(name: file.path, error))
      case .success(let features):
        let matrix = loader.extractor.describe(features)
        let times = (0..<features.rows).map {
          // To the microsecond, as sums of hops are seldom round.
          (matrix.firstFrameTime + Double($0) * matrix.hopSeconds).microseconds
        }
        sequences.append(
          SequenceTable.Sequence(
            name: files.count == 1 ? "" : file.relativePath, range: first..<first + features.rows,
            times: times, timeTexts: times.map { "\($0)" }))
        parts.append(features.converted())
        first += features.rows
      }
    }
    guard !parts.isEmpty else { throw RecognitionError.noSounds(path: path) }
    return (
      SequenceTable(
        path: path, columns: loader.extractor.columnNames, rows: .concatenated(parts),
        sequences: sequences),
      failures
    )
  }
}
