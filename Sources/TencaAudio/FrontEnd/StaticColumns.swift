/// How a row's static columns are laid out: a spectrum or its cepstra, and the log energy.
struct StaticColumns: Sendable {
  let width: Int
  private let cepstra: CepstralTransform?
  /// Where the spectrum or the cepstra begin, and how wide they are.
  private let bodyStart: Int
  private let bodyWidth: Int
  /// The column of the log energy, if any.
  private let energyColumn: Int?

  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  init(_ options: FrontEndOptions, spectrumWidth: Int) throws {
    cepstra =
      options.kind == .mfcc ? try CepstralTransform(options.cepstrum, inputs: spectrumWidth) : nil
    bodyWidth = cepstra?.outputs ?? spectrumWidth
    let place = options.energyPlace
    bodyStart = place == .first ? 1 : 0
    let extra = place == .first || place == .last ? 1 : 0
    width = options.kind == .energy ? 1 : bodyWidth + extra
    switch place {
    case .nowhere: energyColumn = nil
    case .first, .insteadOfFirst: energyColumn = 0
    case .last, .insteadOfLast: energyColumn = width - 1
    }
  }

  /// Writes one row of ``width`` values.
  func write(
    _ spectrum: UnsafePointer<Float>, _ logEnergy: Float, _ row: UnsafeMutablePointer<Float>
  ) {
    if let cepstra {
      cepstra.apply(spectrum, row + bodyStart)
    } else if bodyWidth > 0 {
      (row + bodyStart).update(from: spectrum, count: bodyWidth)
    }
    if let energyColumn { row[energyColumn] = logEnergy }
  }

  /// What each column is.
  static func names(_ options: FrontEndOptions, frequencies: [Double]) -> [String] {
    var names: [String]
    switch options.kind {
    case .energy: names = ["energy"]
    case .spectrogram: names = frequencies.map { "\(Int($0.rounded())) Hz" }
    case .mel: names = frequencies.map { "mel \(Int($0.rounded())) Hz" }
    case .mfcc:
      let count = options.cepstrum.count
      switch options.cepstrum.zeroth {
      case .first: names = (0..<count).map { "c\($0)" }
      case .last: names = (1..<count).map { "c\($0)" } + ["c0"]
      case .omitted: names = (1...count).map { "c\($0)" }
      }
    }
    switch options.energyPlace {
    case .nowhere: break
    case .first: names.insert("energy", at: 0)
    case .last: names.append("energy")
    case .insteadOfFirst: names[0] = "energy"
    case .insteadOfLast: names[names.count - 1] = "energy"
    }
    return names
  }
}
