/// What can be done to static values only when the whole sound is known.
extension FrontEndOptions {
  /// Takes levels relative to the loudest, and raises those that lie too far below it.
  func relateLevels(_ spectra: inout RowBuffer) {
    guard case .decibels(let level) = compression, let loudest = spectra.values.max() else {
      return
    }
    let reference = level.reference == .peak ? loudest : 0
    let floor = level.topDB.map { loudest - reference - $0 } ?? -.infinity
    spectra.replaceValues { max($0 - reference, floor) }
  }

  /// HTK's ENORMALISE: distances from the loudest frame, scaled, with the loudest at 1.
  func normalizeEnergies(_ logEnergies: [Float]) -> [Float] {
    guard let options = cepstrum.energyNormalization, let loudest = logEnergies.max() else {
      return logEnergies
    }
    let nepersPerDecibel: Float = 0.23025851  // ln 10 / 10
    let floor = loudest - options.silenceFloor * nepersPerDecibel
    return logEnergies.map { 1 - (loudest - max($0, floor)) * options.scale }
  }
}
