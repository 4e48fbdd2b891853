import TencaNumerics
import Testing

@testable import TencaAudio

@Suite struct MelInversionTests {
  @Test(arguments: [8, 20, 40]) func meetsTheConditionsOfOptimality(_ filters: Int) throws {
    var options = FrontEndOptions(.librosa, kind: .mel).mel
    options.count = filters
    let bank = try MelFilterBank(options, sampleRate: 8000, fftLength: 256)
    // Energies that no spectrum has: neighbours are loud and silent in turn.
    let wanted = NDArray<Float>(
      (0..<filters).map { $0 % 3 == 0 ? 1 : 0.02 * Float($0 % 2) }, shape: [1, filters])
    let spectrum = try MelInversion(bank).spectra(of: wanted).elements
    let weights = bank.weights
    var (excess, scale) = ([Double](repeating: 0, count: filters), 0.0)
    for filter in 0..<filters {
      for (bin, value) in spectrum.enumerated() {
        excess[filter] += Double(weights[filter, bin] * value)
      }
      excess[filter] -= Double(wanted[0, filter])
    }
    let gradient = spectrum.indices.map { bin in
      (0..<filters).reduce(0.0) { $0 + Double(weights[$1, bin]) * excess[$1] }
    }
    // Beside the gradient of a spectrum of silence.
    for bin in spectrum.indices {
      scale = max(
        scale, (0..<filters).reduce(0.0) { $0 + Double(weights[$1, bin] * wanted[0, $1]) })
    }
    for (value, slope) in zip(spectrum, gradient) {
      #expect(value >= 0)
      #expect(value > 0 ? abs(slope) < 1e-3 * scale : slope > -1e-3 * scale)
    }
  }

  @Test func energiesOfASpectrumAreMet() throws {
    var options = FrontEndOptions(.librosa, kind: .mel).mel
    options.count = 20
    let bank = try MelFilterBank(options, sampleRate: 8000, fftLength: 256)
    let spectrum = Sounds.noise(129).map { $0 * $0 }
    let weights = bank.weights
    let wanted = (0..<20).map { filter in
      spectrum.indices.reduce(Float(0)) { $0 + weights[filter, $1] * spectrum[$1] }
    }
    let found = try MelInversion(bank).spectra(of: NDArray(wanted, shape: [1, 20])).elements
    for filter in 0..<20 {
      let energy = found.indices.reduce(Float(0)) { $0 + weights[filter, $1] * found[$1] }
      #expect(abs(energy - wanted[filter]) < 1e-3 * wanted.max()!)
    }
  }
}
