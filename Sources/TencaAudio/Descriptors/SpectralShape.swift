internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// The figures of one magnitude spectrum, as librosa's feature.spectral defines them. Of silence all
/// are 0, but for the flatness, which is 1.
struct SpectralShape {
  private let options: DescriptorOptions
  /// The frequency of each bin, in hertz.
  private let frequencies: [Double]
  private var logarithms: [Float]

  init(_ options: DescriptorOptions, frequencies: [Double]) {
    self.options = options
    self.frequencies = frequencies
    logarithms = [Float](repeating: 0, count: frequencies.count)
  }

  /// Σ f·S / Σ S.
  func centroid(_ magnitudes: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    var moment = 0.0
    for bin in frequencies.indices {
      let value = Double(magnitudes[bin])
      sum += value
      moment += frequencies[bin] * value
    }
    return sum > 0 ? moment / sum : 0
  }

  /// (Σ S·|f - centroid|ᵖ / Σ S)^(1/p).
  func bandwidth(_ magnitudes: UnsafePointer<Float>, centroid: Double) -> Double {
    let order = options.bandwidthOrder
    var sum = 0.0
    var moment = 0.0
    for bin in frequencies.indices {
      let value = Double(magnitudes[bin])
      let distance = abs(frequencies[bin] - centroid)
      sum += value
      moment += value * (order == 2 ? distance * distance : pow(distance, order))
    }
    if !(sum > 0) { return 0 }
    return order == 2 ? (moment / sum).squareRoot() : pow(moment / sum, 1 / order)
  }

  /// The first frequency up to which the magnitudes' sum reaches a share of the whole.
  func rolloff(_ magnitudes: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    for bin in frequencies.indices { sum += Double(magnitudes[bin]) }
    let threshold = options.rolloffShare * sum
    var below = 0.0
    for bin in frequencies.indices {
      below += Double(magnitudes[bin])
      if below >= threshold { return frequencies[bin] }
    }
    return frequencies[frequencies.count - 1]
  }

  /// exp(mean ln P) / mean P of the powers P, none of them less than the floor.
  mutating func flatness(_ magnitudes: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    let count = frequencies.count
    return logarithms.withUnsafeMutableBufferPointer { powers in
      for bin in 0..<count {
        let power = max(magnitudes[bin] * magnitudes[bin], options.flatnessFloor)
        powers[bin] = power
        sum += Double(power)
      }
      VectorMath.log(UnsafeBufferPointer(powers), into: powers)
      var logarithm = 0.0
      for bin in 0..<count { logarithm += Double(powers[bin]) }
      return exp(logarithm / Double(count)) * Double(count) / sum
    }
  }
}
