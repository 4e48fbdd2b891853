#if canImport(Glibc)
  internal import Glibc
#endif

/// Peaks over valleys in bands an octave wide (Jiang, Lu, Zhang, Tao and Cai 2002), with librosa
/// 0.11's rules for which bins a band has: from the last bin below its lower edge to the last but one
/// up to its upper edge.
struct SpectralContrast {
  /// The bins of a band, and how many of them are its peak and its valley.
  private struct Band {
    let bins: Range<Int>
    let share: Int
  }

  private let bands: [Band]
  /// Room for the least values of a band.
  private var ends: [Float]

  /// How far below the loudest peak or valley of a sound anything counts, in decibels.
  private static let dynamicRange = 80.0
  private static let powerFloor = 1e-10

  /// - Parameters:
  ///   - edges: The bands' edges in hertz, ascending from 0.
  ///   - binWidth: The distance of two bins, in hertz.
  init(edges: [Double], quantile: Double, binWidth: Double, bins: Int) {
    let last = edges.count - 2
    bands = (0...last).map { band in
      // Both edges belong to a band where a bin lies on them.
      let first = min(Int((edges[band] / binWidth).rounded(.up)), bins - 1)
      let end = min(Int(edges[band + 1] / binWidth) + 1, bins)
      let low = band == 0 ? first : max(first - 1, 0)
      let high = band == last ? bins : max(end, low + 1)
      let count = high - low
      let share = max(1, Int((quantile * Double(count)).rounded(.toNearestOrEven)))
      // All but the last leave their highest bin to the next.
      let used = band == last || count == 1 ? low..<high : low..<(high - 1)
      return Band(bins: used, share: min(share, used.count))
    }
    ends = [Float](repeating: 0, count: bands.map(\.share).max() ?? 1)
  }

  /// The number of bands.
  var count: Int { bands.count }

  /// Writes the mean magnitudes of each band's peak, then those of each band's valley.
  ///
  /// - Complexity: O(bins) for values in no order, O(bins · share) at worst.
  mutating func peaksAndValleys(
    _ magnitudes: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>
  ) {
    for (number, band) in bands.enumerated() {
      result[number] = -meanOfLeast(band, magnitudes, sign: -1)
      result[count + number] = meanOfLeast(band, magnitudes, sign: 1)
    }
  }

  /// The mean of the least few of a band's magnitudes times `sign`.
  private mutating func meanOfLeast(
    _ band: Band, _ magnitudes: UnsafePointer<Float>, sign: Float
  ) -> Float {
    ends.withUnsafeMutableBufferPointer { ends in
      // In order, the greatest last.
      for index in 0..<band.share { ends[index] = .infinity }
      for bin in band.bins {
        let value = sign * magnitudes[bin]
        var place = band.share - 1
        if !(value < ends[place]) { continue }
        while place > 0 && value < ends[place - 1] {
          ends[place] = ends[place - 1]
          place -= 1
        }
        ends[place] = value
      }
      return Float(ends[..<band.share].reduce(0.0) { $0 + Double($1) } / Double(band.share))
    }
  }

  /// The contrasts of a whole sound, in decibels.
  ///
  /// - Parameter rows: The ``peaksAndValleys(_:into:)`` of all frames.
  /// - Returns: frames × bands.
  func decibels(_ rows: [Float]) -> [Float] {
    let frames = rows.count / (2 * count)
    var loudest = (peak: Self.powerFloor, valley: Self.powerFloor)
    for frame in 0..<frames {
      for band in 0..<count {
        loudest.peak = max(loudest.peak, Double(rows[2 * frame * count + band]))
        loudest.valley = max(loudest.valley, Double(rows[(2 * frame + 1) * count + band]))
      }
    }
    // Values too far below the loudest of the sound count as if they were not.
    let range = pow(10, -Self.dynamicRange / 10)
    let floors = (
      peak: max(Self.powerFloor, range * loudest.peak),
      valley: max(Self.powerFloor, range * loudest.valley)
    )
    var result: [Float] = []
    for frame in 0..<frames {
      for band in 0..<count {
        let peak = max(floors.peak, Double(rows[2 * frame * count + band]))
        let valley = max(floors.valley, Double(rows[(2 * frame + 1) * count + band]))
        result.append(Float(10 * log10(peak / valley)))
      }
    }
    return result
  }
}
