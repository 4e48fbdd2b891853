internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot

/// The features of one sound in a file format.
struct FeatureFile {
  let format: FeatureFormat
  /// The name of the sound.
  let title: String

  /// Replaces the file at `path`. Into .npy, .csv and pictures rows go as they come: an hour of sound
  /// takes no more memory than a minute.
  func write(_ rows: FeatureRows, to path: String) throws {
    switch format {
    case .npy:
      try NPY.writeRows(of: [rows.layout.values.columns], to: path) { writer in
        try rows.forEach { try writer.append($0) }
      }
    case .csv:
      let table = FeatureTable(rows)
      try CSVWriter.write(to: path, columns: table.columns) { try table.append(rows, to: &$0) }
    case .htk: try htk(rows).write(to: path)
    case .png, .svg, .pdf: try picture(rows).write(to: path)
    case .npz, .ark: try ReplacingFile.write(try encoded(rows), to: path)
    }
  }

  /// The bytes of the file.
  func encoded(_ rows: FeatureRows) throws -> [UInt8] {
    if let picture = format.picture { return try self.picture(rows).encoded(as: picture) }
    if format == .csv {
      let table = FeatureTable(rows)
      return Array(
        try CSVWriter.encode(columns: table.columns) { try table.append(rows, to: &$0) }.utf8)
    }
    if format == .htk { return try htk(rows).encode() }
    let features = try rows.collected()
    switch format {
    case .npz: return try NPZ.encode([(name: title, array: ArchivedArray.float(features.values))])
    case .ark: return try KaldiArchive.encode([Self.entry(features, key: title)])
    default: return NPY.encode(features.values)
    }
  }

  /// An entry of a Kaldi archive; its key has no white space.
  static func entry(_ features: FeatureMatrix, key: String) -> KaldiArchive.Entry {
    KaldiArchive.Entry(
      key: String(key.map { $0.isWhitespace ? "_" : $0 }), array: .float(features.values))
  }

  private func picture(_ rows: FeatureRows) throws -> any Chart {
    var pooling = TimePooling(columns: rows.layout.values.columns)
    try rows.forEach { pooling.append($0) }
    return rows.chart(pooling.pooled(rows.layout), title)
  }

  private func htk(_ rows: FeatureRows) throws -> HTKFeatureFile {
    let features = try rows.collected()
    return HTKFeatureFile(
      frames: features.values, period: Int((features.hopSeconds * 1e7).rounded()),
      kind: rows.kind)
  }
}

/// The columns of a table of features: the time of a frame's middle, then the features.
private struct FeatureTable {
  let columns: [String]
  private let layout: FeatureMatrix

  init(_ rows: FeatureRows) {
    layout = rows.layout
    columns = [rows.timeName] + layout.columnNames
  }

  func append(_ rows: FeatureRows, to writer: inout CSVWriter) throws {
    var frame = 0
    try rows.forEach { block in
      for row in 0..<block.rows {
        let time = layout.firstFrameTime + Double(frame) * layout.hopSeconds
        try writer.append([time.formatted(decimals: 4)], numbers: block.row(row).elements)
        frame += 1
      }
    }
  }
}

extension HTKParameterKind {
  /// What HTK calls the features of a front end.
  init(_ options: FrontEndOptions) {
    var qualifiers: Qualifiers = []
    if options.deltas.order >= 1 { qualifiers.insert(.delta) }
    if options.deltas.order >= 2 { qualifiers.insert(.acceleration) }
    if options.deltas.order >= 3 { qualifiers.insert(.thirdDifferential) }
    if options.normalization.scope != .none { qualifiers.insert(.zeroMean) }
    if options.kind == .mfcc {
      if options.cepstrum.zeroth != .omitted && options.cepstrum.energy != .replacesZeroth {
        qualifiers.insert(.zerothCepstral)
      }
      if options.cepstrum.energy != .absent { qualifiers.insert(.energy) }
    }
    let base: Base =
      switch options.kind {
      case .mfcc: .mfcc
      case .mel: options.compression == .none ? .melspec : .fbank
      case .spectrogram, .energy: .user
      }
    // HTK has no name for what lies beyond the third derivative.
    self.init(base, options.deltas.order > 3 ? [] : qualifiers)
  }
}
