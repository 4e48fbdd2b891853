internal import CKernels
public import TencaNumerics

/// Filters on the mel scale or another, designed in double precision and kept as the few weights
/// that are not zero.
public struct MelFilterBank: Sendable {
  /// The centre of each filter, in hertz.
  public let centerFrequencies: [Double]
  /// The number of bins: half the Fourier transform's length, and one.
  public let bins: Int

  /// Where each filter's weights lie among the bins, and how many blocks of them there are.
  private let bands: [tenca_band]
  /// The weights of all filters, each followed by zeros to whole blocks.
  private let packed: [Float]
  private static let blockLength = Int(TENCA_BAND_LANES)

  /// Designs a bank.
  ///
  /// - Parameters:
  ///   - options: The filters' number, edges, scale and rule.
  ///   - sampleRate: In hertz.
  ///   - fftLength: The length of the Fourier transform; the bank has `fftLength / 2 + 1` bins.
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(_ options: MelOptions, sampleRate: Int, fftLength: Int) throws {
    let design = try MelDesign(options, sampleRate: sampleRate, fftLength: fftLength)
    var bands: [tenca_band] = []
    var packed: [Float] = []
    for filter in design.filters() {
      let blocks = (filter.weights.count + Self.blockLength - 1) / Self.blockLength
      bands.append(tenca_band(first_bin: Int32(filter.firstBin), blocks: Int32(blocks)))
      packed += filter.weights.map { Float($0) }
      packed += repeatElement(0, count: blocks * Self.blockLength - filter.weights.count)
    }
    centerFrequencies = design.centers
    bins = fftLength / 2 + 1
    self.bands = bands
    self.packed = packed
  }

  /// The number of filters.
  public var count: Int { bands.count }

  /// All weights, filters × bins.
  public var weights: NDArray<Float> {
    var result = NDArray<Float>(zeros: [count, bins])
    var stored = packed[...]
    for (filter, band) in bands.enumerated() {
      let length = Int(band.blocks) * Self.blockLength
      for (index, weight) in stored.prefix(length).enumerated() where weight != 0 {
        result[filter, Int(band.first_bin) + index] = weight
      }
      stored = stored.dropFirst(length)
    }
    return result
  }

  /// Weighs `power`, which is readable for a block beyond its last bin, into one value a filter.
  func apply(_ power: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    tenca_bands(power, bands, packed, result, count)
  }
}
