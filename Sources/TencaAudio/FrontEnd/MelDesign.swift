#if canImport(Glibc)
  internal import Glibc
#endif

/// The geometry of a mel filter bank: edges and centres, and each rule's weights.
struct MelDesign {
  /// The weights of one filter that may differ from zero.
  struct Filter {
    var firstBin: Int
    var weights: [Double]
  }

  private let options: MelOptions
  private let binWidth: Double
  private let fftLength: Int
  private let low: Double
  private let high: Double
  /// The left edge of the first filter, all centres, the right edge of the last; in mel.
  private let points: [Double]
  /// The same in hertz.
  private let frequencies: [Double]

  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  init(_ options: MelOptions, sampleRate: Int, fftLength: Int) throws {
    let nyquist = Double(sampleRate) / 2
    let high = options.highFrequency > 0 ? options.highFrequency : nyquist + options.highFrequency
    guard (1...65_536).contains(options.count) else {
      throw AudioError.invalidOption(
        name: "mels", value: "\(options.count)", rule: "between 1 and 65536 filters.")
    }
    guard options.lowFrequency >= 0, high > options.lowFrequency, high <= nyquist else {
      throw AudioError.invalidOption(
        name: "low-frequency and high-frequency", value: "\(options.lowFrequency) and \(high)",
        rule: "0 ≤ low < high ≤ \(nyquist) Hz (half the rate of \(sampleRate) Hz).")
    }
    if case .unit(let p) = options.normalization, !(p > 0) {
      throw AudioError.invalidOption(
        name: "mel-norm", value: "\(p)", rule: "none, slaney, or a norm above 0.")
    }
    self.options = options
    self.fftLength = fftLength
    self.high = high
    low = options.lowFrequency
    binWidth = Double(sampleRate) / Double(fftLength)
    let bottom = options.scale.mel(low)
    let step = (options.scale.mel(high) - bottom) / Double(options.count + 1)
    var points = (0...(options.count + 1)).map { bottom + Double($0) * step }
    if options.warp != 1 {
      let warp = try VocalTractWarp(options, low: low, high: high, nyquist: nyquist)
      points = points.map { options.scale.mel(warp(options.scale.hertz($0))) }
    }
    self.points = points
    frequencies = points.map(options.scale.hertz)
  }

  /// The centre of each filter, in hertz.
  var centers: [Double] { Array(frequencies[1...options.count]) }

  /// All filters, of which some may be empty: narrower than a bin.
  func filters() -> [Filter] {
    switch options.rule {
    case .linearInHertz: triangles(edges: frequencies, over: 0..<(fftLength / 2 + 1)) { $0 }
    // Kaldi leaves the Nyquist bin out.
    case .linearInMel: triangles(edges: points, over: 0..<(fftLength / 2), options.scale.mel)
    case .htk: triangles(edges: points, over: binsOfHTK, options.scale.mel)
    case .gammatone: centers.map(gammatone)
    }
  }

  /// The power that a gammatone filter lets pass, left out where it is less than 1e-8 of its peak.
  private func gammatone(center: Double) -> Filter {
    let bandwidth = 1.019 * 24.7 * (1 + 0.00437 * center)
    let reach = bandwidth * (pow(1e8, 0.25) - 1).squareRoot()
    let first = max(0, Int(((center - reach) / binWidth).rounded(.up)))
    let last = min(fftLength / 2, Int((center + reach) / binWidth))
    let weights = (first...max(first, last)).map { bin in
      pow(1 + pow((Double(bin) * binWidth - center) / bandwidth, 2), -4)
    }
    // ∫ (1 + x²)⁻⁴ dx = 5π/16.
    let scale = scale(of: weights, area: 5 * Double.pi / 16 * bandwidth)
    return Filter(firstBin: first, weights: weights.map { $0 * scale })
  }

  private var binsOfHTK: Range<Int> {
    let first = max(1, Int(low / binWidth + 1.5))
    let last = min(fftLength / 2 - 1, Int(high / binWidth - 0.5))
    return first..<max(first, last + 1)
  }

  /// Filters that rise from `edges[i]` to 1 at `edges[i + 1]` and fall to 0 at `edges[i + 2]`, with
  /// straight sides on the axis that `position` maps hertz to.
  private func triangles(
    edges: [Double], over bins: Range<Int>, _ position: (Double) -> Double
  ) -> [Filter] {
    let positions = bins.map { position(Double($0) * binWidth) }
    var first = 0
    return (0..<options.count).map { index in
      let (left, center, right) = (edges[index], edges[index + 1], edges[index + 2])
      while first < positions.count && positions[first] <= left { first += 1 }
      let weights = positions[first...].prefix { $0 < right }.map {
        min(($0 - left) / (center - left), (right - $0) / (right - center))
      }
      let scale = scale(
        of: weights, area: (frequencies[index + 2] - frequencies[index]) / 2)
      return Filter(firstBin: bins.lowerBound + first, weights: weights.map { $0 * scale })
    }
  }

  /// What the weights of a filter with an area in hertz are multiplied by.
  private func scale(of weights: [Double], area: Double) -> Double {
    switch options.normalization {
    case .none: return 1
    case .slaney: return 1 / area
    case .unit(let p):
      let norm =
        p.isInfinite
        ? weights.max() ?? 0 : pow(weights.reduce(0) { $0 + pow($1, p) }, 1 / p)
      // The weights of an empty filter stay zero.
      return norm > 0 ? 1 / norm : 1
    }
  }
}
