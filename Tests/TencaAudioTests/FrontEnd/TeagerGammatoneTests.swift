import FoundationEssentials
import TencaAudio
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Gammatone filters and Teager's energy in the front end.
@Suite struct TeagerGammatoneTests {
  private static let rate = 16000

  private func gammatone(_ kind: FeatureKind = .mel) -> FrontEndOptions {
    var options = FrontEndOptions(.librosa, kind: kind)
    options.mel.scale = .erb
    options.mel.rule = .gammatone
    options.mel.count = 40
    options.mel.lowFrequency = 50
    options.mel.normalization = .none
    options.compression = .none
    return options
  }

  @Test func scaleCountsBandwidths() {
    // Glasberg and Moore's own example: 1 kHz is number 15.6, where a bandwidth is 132.6 Hz.
    #expect(abs(MelScale.erb.mel(1000) - 15.62) < 0.01)
    let step = MelScale.erb.hertz(16.12) - MelScale.erb.hertz(15.12)
    #expect(abs(step - 132.6) < 0.5)
  }

  @Test func filtersPeakAtTheirCentresAndFallByHalfAtTheirBandwidth() throws {
    let options = gammatone().mel
    let bank = try MelFilterBank(options, sampleRate: Self.rate, fftLength: 16000)
    // Bins are hertz.
    for (filter, center) in bank.centerFrequencies.enumerated() {
      let bandwidth = 1.019 * 24.7 * (1 + 0.00437 * center)
      for distance in [0, bandwidth, 3 * bandwidth] where center + distance < 8000 {
        let bin = Int((center + distance).rounded())
        let x = (Double(bin) - center) / bandwidth
        #expect(abs(Double(bank.weights[filter, bin]) - pow(1 + x * x, -4)) < 1e-6)
      }
    }
    var areas = options
    areas.normalization = .slaney
    let weights = try MelFilterBank(areas, sampleRate: Self.rate, fftLength: 16000).weights
    #expect(abs(weights.row(20).elements.reduce(0, +) - 1) < 1e-3)
  }

  /// The time domain's answer: the impulse response t³ exp(-2πbt) cos(2πft) of Patterson's filter.
  @Test func responseIsThatOfTheImpulseResponse() throws {
    let length = 16384
    let center = 1000.0
    let bandwidth = 1.019 * 24.7 * (1 + 0.00437 * center)
    let response = (0..<length).map { index in
      let time = Double(index) / Double(Self.rate)
      return Float(
        1e9 * pow(time, 3) * exp(-2 * .pi * bandwidth * time) * cos(2 * .pi * center * time))
    }
    let transform = FourierTransform.of(length: length)
    let workspace = FourierTransform.Workspace(length: length)
    for index in response.indices { workspace.samples[index] = response[index] }
    transform.forward(workspace)
    let power = (0..<transform.bins).map {
      pow(workspace.spectrum[2 * $0], 2) + pow(workspace.spectrum[2 * $0 + 1], 2)
    }
    let peak = try #require(power.max())
    for hertz in stride(from: 700.0, through: 1400, by: 50) {
      let bin = Int((hertz * Double(length) / Double(Self.rate)).rounded())
      let x = (Double(bin) * Double(Self.rate) / Double(length) - center) / bandwidth
      #expect(abs(Double(power[bin] / peak) - pow(1 + x * x, -4)) < 2e-3)
    }
  }

  @Test(arguments: [300.0, 1000, 4000]) func bandsOfASineHoldItsTeagerEnergy(hertz: Double) throws {
    let sound = Waveform(
      samples: Sounds.tone(hertz, 8000, rate: Self.rate), sampleRate: Self.rate)
    var options = gammatone(.spectrogram)
    options.frames.edges = .snip
    let plain = try FeatureExtractor(options, sampleRate: Self.rate).extract(sound).values
    options.teager = .bands
    let teager = try FeatureExtractor(options, sampleRate: Self.rate).extract(sound).values
    let ratio = teager.row(3).elements.reduce(0, +) / plain.row(3).elements.reduce(0, +)
    // ψ is A² sin² ω, the mean square A²/2.
    let expected = 2 * pow(sin(2 * .pi * hertz / Double(Self.rate)), 2)
    #expect(abs(Double(ratio) / expected - 1) < 1e-3)
  }

  @Test func samplesOfASineAreItsTeagerEnergy() throws {
    // ψ of a sine is constant: all its power lies at 0 Hz.
    let sound = Waveform(samples: Sounds.tone(1000, 8000, rate: Self.rate), sampleRate: Self.rate)
    var options = FrontEndOptions(.librosa, kind: .spectrogram)
    options.frames.edges = .snip
    options.teager = .samples
    let row = try FeatureExtractor(options, sampleRate: Self.rate).extract(sound).values.row(3)
    let psi = pow(0.5 * sin(2 * .pi * 1000 / Double(Self.rate)), 2)
    #expect(abs(Double(row[0].squareRoot()) / (1024 * psi) - 1) < 0.01)
    #expect(row.elements[4...].allSatisfy { $0 < 1e-4 * row[0] })
  }

  @Test(arguments: TeagerOperator.allCases) func cepstraStream(teager: TeagerOperator) throws {
    var options = gammatone(.mfcc)
    options.compression = .naturalLog(floor: 1e-10)
    options.teager = teager
    options.deltas = DeltaOptions(order: 2)
    #expect(options.streams)
    let extractor = try FeatureExtractor(options, sampleRate: Self.rate)
    let samples = Sounds.noise(9000)
    let whole = try extractor.extract(Waveform(samples: samples, sampleRate: Self.rate)).values
    for chunk in [1, 333, 4096] {
      let stream = FeatureStream(extractor)
      var rows: [Float] = []
      for start in stride(from: 0, to: samples.count, by: chunk) {
        let block = samples[start..<min(start + chunk, samples.count)]
        rows += try stream.append(Array(block)).elements
      }
      rows += try stream.finish().elements
      #expect(rows == whole.elements)
    }
  }

  @Test func optionsSavedBeforeStillLoad() throws {
    // As models wrote them when there was no Teager operator.
    let options = FrontEndOptions(.kaldi)
    let text = String(decoding: try JSONEncoder().encode(options), as: UTF8.self)
    #expect(!text.contains("teager"))
    #expect(try JSONDecoder().decode(FrontEndOptions.self, from: Data(text.utf8)) == options)
    var changed = options
    changed.teager = .bands
    changed.mel.rule = .gammatone
    changed.mel.scale = .erb
    let again = try JSONDecoder().decode(
      FrontEndOptions.self, from: try JSONEncoder().encode(changed))
    #expect(again == changed)
  }

  @Test func soundIsNotMadeOfTeagerEnergies() throws {
    var options = FrontEndOptions(.librosa, kind: .mel)
    options.teager = .bands
    let error = try #require(throws: AudioError.self) {
      try SpectrogramInverter(options, sampleRate: Self.rate)
    }
    #expect(error.description.hasPrefix("option teager: bands is not possible: "))
  }
}
