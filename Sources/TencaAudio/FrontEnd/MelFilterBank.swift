public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Triangular filters on the mel scale, designed in double precision and kept as the few weights
/// that are not zero.
public struct MelFilterBank: Sendable {
  /// The centre of each filter, in hertz.
  public let centerFrequencies: [Double]
  /// All weights, filters × bins.
  public let weights: NDArray<Double>

  /// Where each filter's stored weights begin among the bins.
  let starts: [Int]
  /// How many whole vectors of weights each filter has.
  let vectorCounts: [Int]
  /// The weights of all filters, each padded with zeros to whole vectors.
  let packed: [SIMD8<Float>]

  /// Designs a bank.
  ///
  /// - Parameters:
  ///   - options: The filters' number, edges, scale and rule.
  ///   - sampleRate: In hertz.
  ///   - fftLength: The length of the Fourier transform; the bank has `fftLength / 2 + 1` bins.
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(_ options: MelOptions, sampleRate: Int, fftLength: Int) throws {
    let design = try MelDesign(options, sampleRate: sampleRate, fftLength: fftLength)
    let dense = design.weights()
    var starts: [Int] = []
    var vectorCounts: [Int] = []
    var packed: [SIMD8<Float>] = []
    for filter in 0..<options.count {
      let row = dense[filter]
      let first = row.firstIndex { $0 != 0 } ?? 0
      let last = row.lastIndex { $0 != 0 } ?? -1
      let vectors = (last - first + 8) / 8
      starts.append(first)
      vectorCounts.append(vectors)
      for vector in 0..<vectors {
        var lanes = SIMD8<Float>(repeating: 0)
        for lane in 0..<8 {
          let bin = first + vector * 8 + lane
          if bin <= last { lanes[lane] = Float(row[bin]) }
        }
        packed.append(lanes)
      }
    }
    weights = NDArray(rows: dense)
    centerFrequencies = design.centers.map(options.scale.hertz)
    self.starts = starts
    self.vectorCounts = vectorCounts
    self.packed = packed
  }

  /// The number of filters.
  public var count: Int { starts.count }

  /// Weighs `spectrum`, which is readable for 8 floats beyond its last bin, into one value a filter.
  ///
  /// Each filter adds in one fixed order, so a frame's result does not depend on its neighbours.
  func apply(_ spectrum: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>) {
    packed.withUnsafeBufferPointer { weights in
      var position = 0
      for filter in 0..<starts.count {
        let bins = UnsafeRawPointer(spectrum + starts[filter])
        var sum = SIMD8<Float>(repeating: 0)
        for vector in 0..<vectorCounts[filter] {
          sum +=
            weights[position + vector]
            * bins.loadUnaligned(fromByteOffset: vector * 32, as: SIMD8<Float>.self)
        }
        output[filter] = sum.sum()
        position += vectorCounts[filter]
      }
    }
  }
}

/// The geometry of a bank: edges and centres in mel, and each rule's weights.
private struct MelDesign {
  let options: MelOptions
  let sampleRate: Double
  let fftLength: Int
  let low: Double
  let high: Double
  /// The left edge of the first filter, all centres, the right edge of the last; in mel.
  let points: [Double]

  var centers: [Double] { Array(points[1...options.count]) }
  var bins: Int { fftLength / 2 + 1 }

  init(_ options: MelOptions, sampleRate: Int, fftLength: Int) throws {
    let nyquist = Double(sampleRate) / 2
    let high = options.highFrequency > 0 ? options.highFrequency : nyquist + options.highFrequency
    guard options.count >= 1 else {
      throw AudioError.invalidOption(
        name: "mel-count", value: "\(options.count)", rule: "at least one filter is needed.")
    }
    guard options.lowFrequency >= 0, high > options.lowFrequency, high <= nyquist else {
      throw AudioError.invalidOption(
        name: "low-frequency and high-frequency", value: "\(options.lowFrequency) and \(high)",
        rule: "0 ≤ low < high ≤ \(nyquist) Hz (half the rate of \(sampleRate) Hz).")
    }
    self.options = options
    self.sampleRate = Double(sampleRate)
    self.fftLength = fftLength
    low = options.lowFrequency
    self.high = high
    let bottom = options.scale.mel(low)
    let step = (options.scale.mel(high) - bottom) / Double(options.count + 1)
    var points = (0...(options.count + 1)).map { bottom + Double($0) * step }
    if options.warp != 1 {
      let warp = try VocalTractWarp(options, low: low, high: high, nyquist: nyquist)
      points = points.map { options.scale.mel(warp(options.scale.hertz($0))) }
    }
    self.points = points
  }

  func weights() -> [[Double]] {
    var rows: [[Double]]
    switch options.rule {
    case .linearInHertz:
      let edges = points.map(options.scale.hertz)
      rows = triangles(edges: edges, over: 0..<bins) { $0 }
    case .linearInMel:
      // Kaldi leaves the Nyquist bin out.
      rows = triangles(edges: points, over: 0..<(fftLength / 2), options.scale.mel)
    case .htk:
      let binWidth = sampleRate / Double(fftLength)
      let first = max(1, Int(low / binWidth + 1.5))
      let last = min(fftLength / 2 - 1, Int(high / binWidth - 0.5))
      rows = triangles(edges: points, over: first..<max(first, last + 1), options.scale.mel)
    }
    normalize(&rows)
    return rows
  }

  /// Filters that rise from `edges[i]` to 1 at `edges[i + 1]` and fall to 0 at `edges[i + 2]`, with
  /// straight sides on the axis that `position` maps hertz to.
  private func triangles(
    edges: [Double], over range: Range<Int>, _ position: (Double) -> Double
  ) -> [[Double]] {
    let binWidth = sampleRate / Double(fftLength)
    let positions = range.map { position(Double($0) * binWidth) }
    return (0..<options.count).map { filter in
      let (left, center, right) = (edges[filter], edges[filter + 1], edges[filter + 2])
      var row = [Double](repeating: 0, count: bins)
      for (bin, x) in zip(range, positions) {
        row[bin] = max(0, min((x - left) / (center - left), (right - x) / (right - center)))
      }
      return row
    }
  }

  private func normalize(_ rows: inout [[Double]]) {
    for filter in rows.indices {
      let scale: Double
      switch options.normalization {
      case .none: continue
      case .slaney:
        scale = 2 / (options.scale.hertz(points[filter + 2]) - options.scale.hertz(points[filter]))
      case .unit(let p):
        let norm =
          p.isInfinite
          ? rows[filter].max() ?? 0
          : pow(rows[filter].reduce(0) { $0 + pow($1, p) }, 1 / p)
        scale = norm > 0 ? 1 / norm : 1
      }
      rows[filter] = rows[filter].map { $0 * scale }
    }
  }
}

/// Kaldi's piecewise linear warp of the frequency axis for vocal tracts of other lengths
/// (feat/mel-computations): by 1/warp in the middle, bent back to the ends.
private struct VocalTractWarp {
  let low: Double
  let high: Double
  let lower: Double
  let upper: Double
  let scale: Double

  init(_ options: MelOptions, low: Double, high: Double, nyquist: Double) throws {
    let top = options.warpHigh > 0 ? options.warpHigh : nyquist + options.warpHigh
    guard options.warp > 0, options.warpLow > low, top < high, top > options.warpLow else {
      throw AudioError.invalidOption(
        name: "warp", value: "\(options.warp) between \(options.warpLow) and \(top) Hz",
        rule: "the warp is positive and its range lies inside the filters' range.")
    }
    self.low = low
    self.high = high
    lower = options.warpLow * max(1, options.warp)
    upper = top * min(1, options.warp)
    scale = 1 / options.warp
  }

  func callAsFunction(_ hertz: Double) -> Double {
    if hertz < low || hertz > high { return hertz }
    if hertz < lower { return low + (scale * lower - low) / (lower - low) * (hertz - low) }
    if hertz < upper { return scale * hertz }
    return high + (high - scale * upper) / (high - upper) * (hertz - high)
  }
}
