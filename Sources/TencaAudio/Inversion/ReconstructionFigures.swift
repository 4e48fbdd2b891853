public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// How near a sound has come to the one it should be.
public enum ReconstructionFigures {
  /// ‖|Ŝ| - |S|‖ / ‖S‖ of two magnitude spectrograms (frames × bins): 0 where they are equal.
  public static func spectralConvergence(
    of estimate: NDArray<Float>, to reference: NDArray<Float>
  ) -> Double {
    let (difference, total) = sums(estimate.elements, reference.elements)
    return (difference / total).squareRoot()
  }

  /// The mean over frames of the root mean square difference of levels, in decibels (Gray and Markel
  /// 1976).
  ///
  /// - Parameters:
  ///   - estimate: Magnitudes, frames × bins.
  ///   - reference: Magnitudes, frames × bins.
  ///   - range: Decibels below the loudest value of the reference where levels end; what is quieter
  ///     is not heard beside it.
  public static func logSpectralDistance(
    of estimate: NDArray<Float>, to reference: NDArray<Float>, range: Double = 80
  ) -> Double {
    precondition(estimate.shape == reference.shape, "\(estimate.shape) and \(reference.shape)")
    let (a, b) = (estimate.elements, reference.elements)
    let floor = Double(b.max() ?? 0) * pow(10, -range / 20)
    let frames = reference.rows
    let bins = reference.columns
    let distances = (0..<frames).map { frame in
      let squares = (frame * bins..<(frame + 1) * bins).reduce(0.0) { sum, index in
        let level = 20 * log10(max(Double(a[index]), floor) / max(Double(b[index]), floor))
        return sum + level * level
      }
      return (squares / Double(bins)).squareRoot()
    }
    return distances.reduce(0, +) / Double(frames)
  }

  /// Σx² / Σ(x̂ - x)² in decibels, of two sounds of one length. A sound of recovered phases that ears
  /// take for the same can have one below 0 dB.
  public static func signalToNoise(of estimate: [Float], to reference: [Float]) -> Double {
    let (difference, total) = sums(estimate, reference)
    return 10 * log10(total / difference)
  }

  /// The sums of squares of the difference and of the reference.
  private static func sums(
    _ estimate: [Float], _ reference: [Float]
  ) -> (difference: Double, total: Double) {
    precondition(estimate.count == reference.count, "\(estimate.count) and \(reference.count)")
    return zip(estimate, reference).reduce(into: (0.0, 0.0)) { sums, pair in
      let difference = Double(pair.0) - Double(pair.1)
      sums.0 += difference * difference
      sums.1 += Double(pair.1) * Double(pair.1)
    }
  }
}
