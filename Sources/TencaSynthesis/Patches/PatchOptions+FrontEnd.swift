internal import TencaAudio

extension PatchOptions {
  /// The front end whose rows are a patch's columns. Frames lie around the middles of the hops, so
  /// that ``width`` hops are exactly as many frames, and both ends are covered alike.
  var frontEnd: FrontEndOptions {
    var options = Self.frontEnd(representation, height)
    options.frames.windowLength = .samples(fftLength)
    options.frames.fftLength = .samples(fftLength)
    options.frames.hopLength = .samples(hopLength)
    options.frames.window = window
    options.frames.edges = .mirror
    options.compression = .offsetLog(offset: floor)
    return options
  }

  private static func frontEnd(_ representation: Representation, _ height: Int) -> FrontEndOptions {
    var options = FrontEndOptions(.librosa, kind: representation == .mel ? .mel : .spectrogram)
    options.spectrum.exponent = 1
    options.mel.count = height
    return options
  }

  /// Whether some of `count` mel filters are so narrow that no bin lies in them.
  static func hasEmptyFilters(_ count: Int, sampleRate: Int, fftLength: Int) -> Bool {
    let options = frontEnd(.mel, count).mel
    guard
      let bank = try? MelFilterBank(options, sampleRate: sampleRate, fftLength: fftLength)
    else { return true }
    return !MelInversion(bank).emptyFilters.isEmpty
  }

  /// - Throws: ``SynthesisError/invalidOption(name:value:limit:)``.
  func check() throws {
    try SynthesisError.require(
      (2...(1 << 20)).contains(fftLength), "fft-length", fftLength, "between 2 and 1048576")
    try SynthesisError.require(
      (1...fftLength).contains(hopLength), "hop", hopLength,
      "between 1 and the \(fftLength) samples of the Fourier transform")
    try SynthesisError.require(
      (1...65_536).contains(width), "width", width, "between 1 and 65536 frames")
    try SynthesisError.require(
      (1...10_000_000).contains(sampleRate), "rate", sampleRate, "between 1 and 10000000 Hz")
    try SynthesisError.require(
      floor > 0 && floor.isFinite, "floor", floor, "a magnitude above 0")
    let bins = fftLength / 2 + 1
    try SynthesisError.require(
      (1...bins).contains(height), "height", height,
      "between 1 and \(bins), the bins of a Fourier transform of \(fftLength) samples")
    if representation == .mel { try checkFilters() }
  }

  /// Refuses banks with empty filters, and says what would do.
  private func checkFilters() throws {
    func isEmpty(_ count: Int, _ fft: Int) -> Bool {
      Self.hasEmptyFilters(count, sampleRate: sampleRate, fftLength: fft)
    }
    guard isEmpty(height, fftLength) else { return }
    var fewer = height
    while fewer > 1 && isEmpty(fewer, fftLength) { fewer -= 1 }
    var longer = fftLength
    while longer < 1 << 18 && isEmpty(height, longer) { longer *= 2 }
    throw SynthesisError.invalidOption(
      name: "height", value: "\(height)",
      limit: "at most \(fewer) mel filters with a Fourier transform of \(fftLength) samples at "
        + "\(sampleRate) Hz, or some would have no bin; or take a transform of \(longer)")
  }
}
