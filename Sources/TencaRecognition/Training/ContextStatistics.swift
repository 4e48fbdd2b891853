internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// The frames of one place of a unit between two given neighbours: their number, sums and squares.
struct ContextStatistics: Sendable {
  let left: Int
  let right: Int
  private(set) var count = 0.0
  private(set) var sums: [Double]
  private(set) var squares: [Double]

  init(left: Int, right: Int, columns: Int) {
    self.left = left
    self.right = right
    sums = [Double](repeating: 0, count: columns)
    squares = sums
  }

  mutating func add(_ powers: UnsafePointer<Float>) {
    let width = sums.count
    count += 1
    for column in 0..<width {
      sums[column] += Double(powers[column])
      squares[column] += Double(powers[width + column])
    }
  }

  mutating func add(_ other: ContextStatistics) {
    count += other.count
    for column in sums.indices {
      sums[column] += other.sums[column]
      squares[column] += other.squares[column]
    }
  }

  /// The variances of the frames, none below a floor.
  func variances(floor: Double) -> [Double] {
    zip(sums, squares).map { sum, square in
      let mean = sum / count
      return max(square / count - mean * mean, floor)
    }
  }

  /// ln p of all frames under one Gaussian of their own, but for what does not depend on how frames are
  /// parted: -n/2 Σ ln σ².
  func logLikelihood(floor: Double) -> Double {
    count == 0 ? 0 : -0.5 * count * variances(floor: floor).reduce(0) { $0 + log($1) }
  }

  /// All of them as one.
  static func pooled(_ parts: [ContextStatistics]) -> ContextStatistics {
    var pooled = ContextStatistics(left: -1, right: -1, columns: parts.first?.sums.count ?? 0)
    for part in parts { pooled.add(part) }
    return pooled
  }
}

extension AcousticTrainer {
  /// The statistics of every context of every place of every unit: `[unit][place]`.
  func contextStatistics() -> [[[ContextStatistics]]] {
    var found = units.trees.map { $0.map { _ in [Int: ContextStatistics]() } }
    for (index, alignment) in alignments.enumerated() {
      guard let segments = alignment?.segments else { continue }
      for (position, segment) in segments.enumerated() {
        let left = position > 0 ? segments[position - 1].unit : AcousticUnits.silence
        let right =
          position + 1 < segments.count ? segments[position + 1].unit : AcousticUnits.silence
        let key = left * units.names.count + right
        for (offset, place) in segment.places.enumerated() {
          withFrame(index, segment.start + offset) {
            found[segment.unit][place][
              key, default: ContextStatistics(left: left, right: right, columns: bank.columns)
            ].add($0)
          }
        }
      }
    }
    // In a fixed order, since sums depend on it in their last digits.
    return found.map { $0.map { $0.sorted { $0.key < $1.key }.map(\.value) } }
  }
}
