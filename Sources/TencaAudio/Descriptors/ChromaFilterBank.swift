#if canImport(Glibc)
  internal import Glibc
#endif

/// Weights that fold the bins of a power spectrum into pitch classes (Ellis 2007, as librosa 0.11's
/// filters.chroma): Gaussian bumps as wide as a bin or a class, of unit norm over the classes of a
/// bin, and weighed by a Gaussian two octaves wide around the sixth octave.
struct ChromaFilterBank {
  static let classes = 12
  /// From the pitch class C.
  static let names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]

  /// bins × classes.
  private let weights: [Float]
  private let bins: Int

  /// The octave, counted from 27.5 Hz, that counts most, and the width of that bump in octaves.
  private static let center = 5.0
  private static let width = 2.0

  /// - Parameter tuning: How far A lies from 440 Hz, in semitones.
  init(sampleRate: Int, fftLength: Int, tuning: Double) {
    let classes = Self.classes
    bins = fftLength / 2 + 1
    let lowest = 27.5 * exp2(tuning / Double(classes))
    // Where bins lie, in semitones above the lowest A; 0 Hz, which lies nowhere, an octave and a
    // half below bin 1.
    var places = (1...max(bins, 2)).map {
      Double(classes) * log2(Double($0) * Double(sampleRate) / Double(fftLength) / lowest)
    }
    places.insert(places[0] - 1.5 * Double(classes), at: 0)
    var weights: [Float] = []
    for bin in 0..<bins {
      let width = max(places[bin + 1] - places[bin], 1)
      // C is three semitones above A.
      let bumps = (0..<classes).map { number in
        let distance = remainder(
          places[bin] - Double((number + 3) % classes), Double(classes))
        return exp(-2 * (distance / width) * (distance / width))
      }
      let norm = bumps.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let octaves = (places[bin] / Double(classes) - Self.center) / Self.width
      let scale = exp(-0.5 * octaves * octaves) / max(norm, .leastNormalMagnitude)
      weights += bumps.map { Float($0 * scale) }
    }
    self.weights = weights
  }

  /// Folds a magnitude spectrum into classes, the greatest of which becomes 1; silence gives zeros.
  func apply(_ magnitudes: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    var sums = SIMD16<Float>()
    weights.withUnsafeBufferPointer { weights in
      for bin in 0..<bins {
        let power = magnitudes[bin] * magnitudes[bin]
        let start = weights.baseAddress! + bin * Self.classes
        for number in 0..<Self.classes { sums[number] += power * start[number] }
      }
    }
    let greatest = sums.max()
    let scale = greatest >= .leastNormalMagnitude ? 1 / greatest : 0
    for number in 0..<Self.classes { result[number] = sums[number] * scale }
  }
}
