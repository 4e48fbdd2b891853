extension FrontEndOptions {
  /// Checks that nothing was done to the spectra that cannot be undone.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  func checkInvertible() throws {
    func refuse(_ name: String, _ value: String, _ rule: String) -> AudioError {
      .invalidOption(name: name, value: value, rule: rule)
    }
    guard kind == .spectrogram || kind == .mel else {
      throw refuse(
        "kind", kind.rawValue, "sound is made of spectrograms and mel energies. Compute these.")
    }
    if let teager {
      throw refuse(
        "teager", teager.rawValue,
        "sound is made of powers, not of Teager's energies. Compute features without them.")
    }
    guard deltas.order == 0 else {
      throw refuse(
        "deltas", "\(deltas.order)",
        "sound is made of features without derivatives. Leave their columns out.")
    }
    guard normalization.scope == .none else {
      throw refuse(
        "normalize", normalization.scope.rawValue,
        "the mean that was taken out is not in the file. Compute features without normalisation.")
    }
    guard voiceActivity == nil else {
      throw refuse(
        "vad", "on", "the frames left out are lost. Compute features of all frames.")
    }
  }
}
