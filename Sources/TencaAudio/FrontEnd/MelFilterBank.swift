public import TencaNumerics

/// Triangular filters on the mel scale, designed in double precision and kept as the few weights
/// that are not zero.
public struct MelFilterBank: Sendable {
  /// The centre of each filter, in hertz.
  public let centerFrequencies: [Double]
  /// The number of bins: half the Fourier transform's length, and one.
  public let bins: Int

  /// Where a filter's weights lie.
  private struct Place: Sendable {
    /// The bin of the first weight.
    var firstBin: Int
    /// How many vectors of weights there are.
    var vectors: Int
  }
  private let places: [Place]
  /// The weights of all filters, each followed by zeros to whole vectors.
  private let packed: [SIMD8<Float>]

  /// Designs a bank.
  ///
  /// - Parameters:
  ///   - options: The filters' number, edges, scale and rule.
  ///   - sampleRate: In hertz.
  ///   - fftLength: The length of the Fourier transform; the bank has `fftLength / 2 + 1` bins.
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(_ options: MelOptions, sampleRate: Int, fftLength: Int) throws {
    let design = try MelDesign(options, sampleRate: sampleRate, fftLength: fftLength)
    var places: [Place] = []
    var packed: [SIMD8<Float>] = []
    for filter in design.filters() {
      let vectors = (filter.weights.count + 7) / 8
      places.append(Place(firstBin: filter.firstBin, vectors: vectors))
      for vector in 0..<vectors {
        var lanes = SIMD8<Float>(repeating: 0)
        for (lane, weight) in filter.weights.dropFirst(vector * 8).prefix(8).enumerated() {
          lanes[lane] = Float(weight)
        }
        packed.append(lanes)
      }
    }
    centerFrequencies = design.centers
    bins = fftLength / 2 + 1
    self.places = places
    self.packed = packed
  }

  /// The number of filters.
  public var count: Int { places.count }

  /// All weights, filters × bins.
  public var weights: NDArray<Float> {
    var result = NDArray<Float>(zeros: [count, bins])
    var position = 0
    for (filter, place) in places.enumerated() {
      for index in 0..<(place.vectors * 8) where packed[position + index / 8][index % 8] != 0 {
        result[filter, place.firstBin + index] = packed[position + index / 8][index % 8]
      }
      position += place.vectors
    }
    return result
  }

  /// Weighs `spectrum`, which is readable for 8 floats beyond its last bin, into one value a filter.
  ///
  /// Each filter adds in one fixed order, so a frame's result does not depend on its neighbours.
  func apply(_ spectrum: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>) {
    packed.withUnsafeBufferPointer { weights in
      var position = 0
      for (filter, place) in places.enumerated() {
        let bins = UnsafeRawPointer(spectrum + place.firstBin)
        var sum = SIMD8<Float>(repeating: 0)
        for vector in 0..<place.vectors {
          sum +=
            weights[position + vector]
            * bins.loadUnaligned(fromByteOffset: vector * 32, as: SIMD8<Float>.self)
        }
        output[filter] = sum.sum()
        position += place.vectors
      }
    }
  }
}
