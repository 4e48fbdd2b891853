internal import TencaNumerics

/// The sufficient statistics of a bank of Gaussians: of each the sums of the frames that it explains,
/// of their squares, and their number.
struct BankStatistics: Sendable, Mergeable {
  /// Gaussians × (2 · columns + 1): Σγz, Σγz², Σγ.
  private(set) var sums: NDArray<Double>

  var gaussianCount: Int { sums.rows }
  var columns: Int { (sums.columns - 1) / 2 }

  init(gaussianCount: Int, columns: Int) {
    sums = NDArray(zeros: [gaussianCount, 2 * columns + 1])
  }

  /// Σγ of a Gaussian.
  func occupancy(_ gaussian: Int) -> Double { sums[gaussian, 2 * columns] }

  mutating func merge(_ other: BankStatistics) {
    sums = sums + other.sums
  }

  /// γ: by how much each of a state's Gaussians explains each frame, frames × Gaussians.
  ///
  /// - Parameters:
  ///   - powers: Of ``FrameStandardization/powers(of:)``.
  ///   - theta: ``GaussianBank/naturalParameters`` of the state's Gaussians.
  static func responsibilities(_ powers: NDArray<Float>, theta: NDArray<Float>) -> NDArray<Float> {
    var shares = matrixProduct(powers, theta)
    var logDensities = [Float](repeating: 0, count: powers.rows)
    shares.withUnsafeMutableBuffer {
      Float._softmaxRows(
        $0.baseAddress!, &logDensities, count: powers.rows, width: theta.columns)
    }
    return shares
  }

  /// So many frames are summed in single precision before they are added in double.
  private static let block = 256

  /// The E-step of a state over frames that belong to it alone.
  ///
  /// - Parameters:
  ///   - powers: The frames, of ``FrameStandardization/powers(of:)``.
  ///   - theta: ``GaussianBank/naturalParameters`` of this state's Gaussians.
  ///   - frameWeights: How much of each frame belongs to the state; nil: all of it.
  ///   - place: The state's Gaussians within these statistics.
  /// - Complexity: O(frames · Gaussians · columns).
  mutating func add(
    _ powers: NDArray<Float>, theta: NDArray<Float>, frameWeights: [Float]? = nil,
    at place: Range<Int>
  ) {
    let width = powers.columns
    for first in stride(from: 0, to: powers.rows, by: Self.block) {
      let rows = first..<min(first + Self.block, powers.rows)
      let block = powers.rows(rows)
      var shares = Self.responsibilities(block, theta: theta)
      if let frameWeights {
        shares.withUnsafeMutableBuffer { shares in
          for row in 0..<rows.count {
            let weight = frameWeights[first + row]
            for index in 0..<theta.columns { shares[row * theta.columns + index] *= weight }
          }
        }
      }
      let part = matrixProduct(shares.transposed(), block)
      part.withUnsafeBuffer { part in
        sums.withUnsafeMutableBuffer { sums in
          let offset = place.lowerBound * width
          for index in 0..<part.count { sums[offset + index] += Double(part[index]) }
        }
      }
    }
  }
}

extension GaussianBank {
  /// The E-step of some states over the frames that belong to each.
  ///
  /// - Parameters:
  ///   - frames: Of ``FrameStandardization/powers(of:)``.
  ///   - members: Of every state the numbers of its frames.
  ///   - weights: How much of each of them belongs to the state; nil: all of it.
  ///   - states: The states to work through.
  ///   - theta: ``naturalParameters``, which several calls share.
  /// - Complexity: O(frames · Gaussians of a state · columns).
  func statistics(
    of frames: NDArray<Float>, members: [[Int]], weights: [[Float]]? = nil, states: Range<Int>,
    theta: NDArray<Float>
  ) -> BankStatistics {
    var statistics = BankStatistics(gaussianCount: gaussianCount, columns: columns)
    forEachState(of: states, frames, members: members, theta: theta) { state, frames, theta in
      statistics.add(
        frames, theta: theta, frameWeights: weights?[state], at: gaussians(of: state))
    }
    return statistics
  }

  /// Calls `body` with every state that frames belong to, its frames, and its part of `theta`.
  func forEachState(
    of states: Range<Int>, _ frames: NDArray<Float>, members: [[Int]], theta: NDArray<Float>,
    _ body: (_ state: Int, _ frames: NDArray<Float>, _ theta: NDArray<Float>) -> Void
  ) {
    for state in states where !members[state].isEmpty {
      body(
        state, frames.gathering(members[state]),
        theta.slice(axis: 1, gaussians(of: state)).contiguous())
    }
  }
}
