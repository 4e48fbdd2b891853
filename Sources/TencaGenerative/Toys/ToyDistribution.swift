internal import Foundation
public import TencaNumerics

/// A distribution of points whose modes are known, so that a generator's collapse can be counted.
public enum ToyDistribution: String, Sendable, CaseIterable, Codable {
  /// Eight normal distributions of deviation 0.02 on a circle of radius 2 (Metz et al. 2017).
  case ring
  /// Twenty-five normal distributions of deviation 0.05 at the crossings of a grid from -4 to 4
  /// (Srivastava et al. 2017; Lin et al. 2018).
  case grid
  /// Two spirals wound into each other, with noise of deviation 0.05; every tenth of an arm counts as a
  /// mode.
  case spirals

  /// The deviation of points about the nearest centre.
  public var deviation: Double { self == .ring ? 0.02 : 0.05 }

  /// The number of modes.
  public var modeCount: Int {
    switch self {
    case .ring: 8
    case .grid: 25
    case .spirals: 20
    }
  }

  /// Where points lie but for noise, each with its mode.
  public var centres: [(x: Double, y: Double, mode: Int)] {
    switch self {
    case .ring:
      (0..<8).map { mode in
        let angle = Double(mode) * .pi / 4
        return (2 * cos(angle), 2 * sin(angle), mode)
      }
    case .grid:
      (0..<25).map { (Double($0 / 5) * 2 - 4, Double($0 % 5) * 2 - 4, $0) }
    case .spirals:
      (0..<2 * Self.armCentres).map { index in
        let (arm, place) = index.quotientAndRemainder(dividingBy: Self.armCentres)
        // Even along the arm: its length grows with the square of the angle.
        let share = (Double(place) + 0.5) / Double(Self.armCentres)
        let angle = 0.25 + 2.75 * share.squareRoot()
        let (radius, turned) = (1.3 * angle, angle * 1.7 + Double(arm) * .pi)
        return (radius * cos(turned), radius * sin(turned), arm * 10 + place * 10 / Self.armCentres)
      }
    }
  }

  /// The deviation of a coordinate over all centres: divided by it, points are as large as networks with
  /// usual first weights expect them.
  public var spread: Double {
    let centres = centres
    let squares = centres.map { $0.x * $0.x + $0.y * $0.y }.reduce(0, +)
    return (squares / Double(2 * centres.count)).squareRoot()
  }

  private static let armCentres = 200

  /// The farthest that a coordinate of nearly all points is from 0.
  public var reach: Double { self == .ring ? 2.5 : 5 }

  /// Points of the distribution.
  ///
  /// - Parameter unit: What coordinates are divided by.
  /// - Returns: examples of 1 × 1 pixel and two numbers, each with its mode as class.
  /// - Throws: ``GenerativeError`` for less than one point.
  public func examples(
    _ count: Int, unit: Double = 1, _ random: inout RandomStream
  ) throws -> ExampleSet {
    let centres = centres
    var numbers: [Float] = []
    var modes: [Int] = []
    for _ in 0..<count {
      let centre = centres[random.integer(below: centres.count)]
      numbers.append(Float((centre.x + deviation * random.normal()) / unit))
      numbers.append(Float((centre.y + deviation * random.normal()) / unit))
      modes.append(centre.mode)
    }
    return try ExampleSet(
      NDArray(numbers, shape: [count, 1, 1, 2]), labels: modes,
      classNames: (0..<modeCount).map { "mode \($0)" }, source: rawValue)
  }
}

/// How many modes made points cover, and how many of the points are good.
public struct ModeCoverage: Sendable, Codable, Equatable {
  /// The good points that a mode must have to be covered. An untrained generator hits every mode now and
  /// then, so one is not enough.
  public static let leastPoints = 20

  /// The modes with at least ``leastPoints`` good points.
  public let covered: Int
  /// The modes there are.
  public let modes: Int
  /// The share of points no more than three deviations from the nearest centre.
  public let goodShare: Double

  /// Counts.
  ///
  /// - Parameter points: points × 2 numbers, one after another.
  /// - Complexity: O(points · centres).
  public init(of points: [Double], in distribution: ToyDistribution) {
    let centres = distribution.centres
    // Arms are drawn by centres so dense that their distance adds next to nothing.
    let limit = 3 * distribution.deviation
    var counts = [Int](repeating: 0, count: distribution.modeCount)
    for index in stride(from: 0, to: points.count - 1, by: 2) {
      let (x, y) = (points[index], points[index + 1])
      func distance(_ centre: (x: Double, y: Double, mode: Int)) -> Double {
        (centre.x - x) * (centre.x - x) + (centre.y - y) * (centre.y - y)
      }
      guard let nearest = centres.min(by: { distance($0) < distance($1) }),
        distance(nearest) <= limit * limit
      else { continue }
      counts[nearest.mode] += 1
    }
    covered = counts.count { $0 >= Self.leastPoints }
    modes = distribution.modeCount
    goodShare = Double(counts.reduce(0, +)) / Double(max(points.count / 2, 1))
  }
}
