import TencaNumerics
import Testing

@testable import TencaAudio

/// Silence gives each toolkit's constants; nothing ever gives NaN or infinity.
@Suite struct ExtremeSoundTests {
  private static let sounds: [(String, [Float])] = [
    ("silence", [Float](repeating: 0, count: 2900)),
    ("full scale", [Float](repeating: 1, count: 2900)),
    ("a small offset", [Float](repeating: 1e-3, count: 2900)),
    ("a square wave", (0..<2900).map { $0 / 40 % 2 == 0 ? 1 : -1 }),
    ("the Nyquist frequency", (0..<2900).map { $0 % 2 == 0 ? 1 : -1 }),
    ("a click", (0..<2900).map { $0 == 800 ? 1 : 0 }),
    (
      "subnormal numbers",
      (0..<2900).map { ($0 % 3 == 0 ? 70000 : -700) * Float.leastNonzeroMagnitude }
    ),
    ("hardly anything", Sounds.noise(2900).map { $0 * 1e-25 }),
    ("integers as floats", Sounds.noise(2900).map { ($0 * 32768).rounded() }),
  ]

  @Test(arguments: OptionRow.all) func rowsAreFinite(_ row: OptionRow) throws {
    let extractor = try FeatureExtractor(row.options, sampleRate: row.sampleRate)
    for (name, samples) in Self.sounds {
      let sound = Waveform(samples: samples, sampleRate: row.sampleRate)
      let features = try extractor.extract(sound)
      #expect(features.values.firstNonFinite() == nil, "\(name)")
      #expect(features.values.columns == features.columnNames.count)
    }
  }

  /// What every row of a second of silence is.
  private func silence(_ convention: Convention, _ kind: FeatureKind) throws -> [Float] {
    let extractor = try FeatureExtractor(
      FrontEndOptions(convention, kind: kind), sampleRate: 16000)
    let sound = Waveform(samples: [Float](repeating: 0, count: 16000), sampleRate: 16000)
    let rows = try extractor.extract(sound).values
    for row in 1..<rows.rows { #expect(rows.row(row) == rows.row(0)) }
    return rows.row(0).elements
  }

  private func check(_ row: [Float], first: Float, others: Float) {
    #expect(abs(row[0] - first) < 1e-4 * max(1, abs(first)))
    #expect(row.dropFirst().allSatisfy { abs($0 - others) < 1e-4 })
  }

  @Test func silenceOfKaldi() throws {
    // ln of FLT_EPSILON.
    check(try silence(.kaldi, .mfcc), first: -15.942385, others: 0)
    check(try silence(.kaldi, .mel), first: -15.942385, others: -15.942385)
    check(try silence(.kaldi, .spectrogram), first: -15.942385, others: -15.942385)
    check(try silence(.kaldi, .energy), first: -15.942385, others: 0)
  }

  @Test func silenceOfLibrosa() throws {
    // 10 log10 of 1e-10, times the square root of 128 bands.
    check(try silence(.librosa, .mfcc), first: -1131.371, others: 0)
    check(try silence(.librosa, .mel), first: -100, others: -100)
    check(try silence(.librosa, .spectrogram), first: 0, others: 0)
  }

  @Test func silenceOfTorchaudio() throws {
    check(try silence(.torchaudio, .mfcc), first: -1131.371, others: 0)
    check(try silence(.torchaudio, .mel), first: -100, others: -100)
    check(try silence(.torchaudio, .spectrogram), first: 0, others: 0)
  }

  @Test func silenceOfHTK() throws {
    // Bands are floored at 1.
    check(try silence(.htk, .mfcc), first: 0, others: 0)
    check(try silence(.htk, .mel), first: 0, others: 0)
  }

  @Test(arguments: [Float.nan, .infinity, -1e30]) func samplesFarOutAreErrors(value: Float) throws {
    for convention in Convention.allCases {
      var options = FrontEndOptions(convention)
      options.frames.windowLength = .samples(100)
      options.frames.hopLength = .samples(100)
      options.frames.fftLength = .samples(100)
      options.frames.edges = .snip
      let extractor = try FeatureExtractor(options, sampleRate: 16000)
      var sound = Waveform(samples: Sounds.noise(1000), sampleRate: 16000)
      sound.samples[450] = value
      let error = try #require(throws: AudioError.self) {
        try extractor.extract(sound, name: "a.wav")
      }
      #expect(error == .overflow(place: "a.wav", frame: 4))
      #expect(error.description.contains("a.wav: frame 4 holds samples that are not finite"))
    }
  }

  @Test func powersThatOverflowAreErrors() throws {
    var options = FrontEndOptions(.kaldi, kind: .spectrogram)
    options.spectrum.exponent = 4
    let extractor = try FeatureExtractor(options, sampleRate: 16000)
    let sound = Waveform(samples: Sounds.noise(1000).map { $0 * 1e8 }, sampleRate: 16000)
    #expect(throws: AudioError.overflow(place: "sound", frame: 0)) { try extractor.extract(sound) }
  }
}
