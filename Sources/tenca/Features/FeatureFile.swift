internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot

/// Features as the bytes of a file format.
enum FeatureFile {
  /// Replaces the file at `path`.
  static func write(
    _ features: FeatureMatrix, kind: FeatureKind, options: FrontEndOptions, title: String,
    to path: String, as format: FeatureFormat
  ) throws {
    switch format {
    case .npy: try NPY.write(features.values, to: path)
    case .csv:
      try CSVWriter.write(to: path, columns: columns(features)) { try appendRows(features, &$0) }
    case .htk: try htk(features, options: options).write(to: path)
    case .npz:
      try NPZ.write(to: path) { try $0.append(features.values, name: title) }
    case .ark:
      try KaldiArchive.write(to: path) { try $0.append(entry(features, key: title)) }
    case .png, .svg, .pdf:
      try FeaturePicture.chart(features, options: options, title: title).write(to: path)
    }
  }

  /// The bytes of a file.
  static func encode(
    _ features: FeatureMatrix, kind: FeatureKind, options: FrontEndOptions, title: String,
    as format: FeatureFormat
  ) throws -> [UInt8] {
    switch format {
    case .npy: return NPY.encode(features.values)
    case .csv:
      return Array(
        try CSVWriter.encode(columns: columns(features)) { try appendRows(features, &$0) }.utf8)
    case .htk: return try htk(features, options: options).encode()
    case .npz: return try NPZ.encode([(name: title, array: ArchivedArray.float(features.values))])
    case .ark: return try KaldiArchive.encode([entry(features, key: title)])
    case .png, .svg, .pdf:
      return try FeaturePicture.chart(features, options: options, title: title)
        .encoded(as: format == .png ? .png : format == .svg ? .svg : .pdf)
    }
  }

  /// An entry of a Kaldi archive; its key has no white space and no extension.
  static func entry(_ features: FeatureMatrix, key: String) -> KaldiArchive.Entry {
    KaldiArchive.Entry(
      key: String(key.map { $0.isWhitespace ? "_" : $0 }), array: .float(features.values))
  }

  /// The columns of a table: the time of a frame's middle, then the features.
  static func columns(_ features: FeatureMatrix) -> [String] { ["time"] + features.columnNames }

  static func appendRows(_ features: FeatureMatrix, _ writer: inout CSVWriter) throws {
    for frame in 0..<features.frameCount {
      let time = features.firstFrameTime + Double(frame) * features.hopSeconds
      try writer.append([time.formatted(decimals: 4)], numbers: features.values.row(frame).elements)
    }
  }

  private static func htk(_ features: FeatureMatrix, options: FrontEndOptions) -> HTKFeatureFile {
    var qualifiers: HTKParameterKind.Qualifiers = []
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
    let base: HTKParameterKind.Base =
      switch options.kind {
      case .mfcc: .mfcc
      case .mel: options.compression == .none ? .melspec : .fbank
      case .spectrogram, .energy: .user
      }
    return HTKFeatureFile(
      frames: features.values, period: Int((features.hopSeconds * 1e7).rounded()),
      kind: HTKParameterKind(base, options.deltas.order > 3 ? [] : qualifiers))
  }
}
