#if canImport(Glibc)
  internal import Glibc
#endif

/// The points at one Mahalanobis distance from a mean: the outline of a Gaussian of two dimensions.
public struct Ellipse: Sendable, Equatable {
  private let mean: (x: Double, y: Double)
  /// The lower triangle of the Cholesky factor of the covariance.
  private let factor: (xx: Double, yx: Double, yy: Double)
  /// The distance of the outline, in standard deviations.
  public let deviations: Double
  /// The outline's colour.
  public var color: Color

  /// Makes an ellipse.
  ///
  /// - Parameters:
  ///   - mean: The middle.
  ///   - covariance: The variances of x and y and their covariance.
  ///   - deviations: The distance of the outline, in standard deviations.
  ///   - color: The outline's colour.
  /// - Throws: ``PlotError/badValue(chart:what:value:requirement:)`` when the covariance is not
  ///   finite and positive semidefinite.
  public init(
    mean: (x: Double, y: Double), covariance: (xx: Double, xy: Double, yy: Double),
    deviations: Double = 2, color: Color = .ink
  ) throws {
    let determinant = covariance.xx * covariance.yy - covariance.xy * covariance.xy
    // Rounding may leave the determinant of a line a little below zero.
    let tolerance = 1e-9 * covariance.xx * covariance.yy
    guard determinant.isFinite, covariance.xx >= 0, covariance.yy >= 0, determinant >= -tolerance
    else {
      throw PlotError.badValue(
        chart: "ellipse", what: "the determinant of the covariance", value: determinant,
        requirement: "finite and not negative, and so must the variances be")
    }
    let xx = covariance.xx.squareRoot()
    let yx = xx > 0 ? covariance.xy / xx : 0
    factor = (xx, yx, max(0, covariance.yy - yx * yx).squareRoot())
    self.mean = mean
    self.deviations = deviations
    self.color = color
  }

  /// Points along the outline, evenly spaced for a circle.
  func outline(count: Int = 96) -> [(x: Double, y: Double)] {
    (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      let (u, v) = (deviations * cos(angle), deviations * sin(angle))
      return (mean.x + factor.xx * u, mean.y + factor.yx * u + factor.yy * v)
    }
  }

  /// Whether middle, shape, distance and colour are equal.
  public static func == (a: Ellipse, b: Ellipse) -> Bool {
    a.mean == b.mean && a.factor == b.factor && a.deviations == b.deviations && a.color == b.color
  }
}
