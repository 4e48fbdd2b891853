internal import TencaNumerics

/// A bank of Gaussians made ready to score frames under all of its states.
struct BankScorer: Sendable {
  let stateCount: Int
  private let theta: NDArray<Float>
  private let starts: [Int]
  /// The Gaussians of every state, where all have as many.
  private let commonSize: Int?

  init(_ bank: GaussianBank) {
    self.init(theta: bank.naturalParameters, starts: bank.starts)
  }

  private init(theta: NDArray<Float>, starts: [Int]) {
    self.theta = theta
    self.starts = starts
    stateCount = starts.count - 1
    let sizes = Set(zip(starts, starts.dropFirst()).map { $1 - $0 })
    commonSize = sizes.count == 1 ? sizes.first : nil
  }

  /// Made ready for some of the states, in the order asked for.
  func selecting(_ states: [Int]) -> BankScorer {
    let ranges = states.map { starts[$0]..<starts[$0 + 1] }
    let width = ranges.reduce(0) { $0 + $1.count }
    let chosen = NDArray<Float>(shape: [theta.rows, width]) { target in
      theta.withUnsafeBuffer { source in
        var position = 0
        for row in 0..<theta.rows {
          for range in ranges {
            for column in range {
              target[position] = source[row * theta.columns + column]
              position += 1
            }
          }
        }
      }
    }
    return BankScorer(
      theta: chosen, starts: ranges.reduce(into: [0]) { $0.append($0.last! + $1.count) })
  }

  /// So many frames go through one product: few enough for the results to stay in the cache. The last
  /// ones are padded, so a frame's score does not depend on which frames it came with.
  private static let chunk = 64

  /// ln p(frame | state), frames × states.
  ///
  /// - Parameter powers: Of ``FrameStandardization/powers(of:)``.
  /// - Complexity: O(frames · Gaussians · columns).
  func logLikelihoods(_ powers: NDArray<Float>) -> NDArray<Float> {
    let (frames, states) = (powers.rows, stateCount)
    return NDArray<Float>(shape: [frames, states]) { target in
      guard let base = target.baseAddress else { return }
      var terms = NDArray<Float>(zeros: [Self.chunk, theta.columns])
      for first in stride(from: 0, to: frames, by: Self.chunk) {
        let rows = first..<min(first + Self.chunk, frames)
        matrixProduct(Self.padded(powers.rows(rows)), theta, into: &terms)
        terms.withUnsafeMutableBuffer {
          sum($0.baseAddress!, rows.count, into: base + first * states)
        }
      }
    }
  }

  private static func padded(_ rows: NDArray<Float>) -> NDArray<Float> {
    rows.rows == chunk
      ? rows
      : .concatenated([rows, NDArray(zeros: [chunk - rows.rows, rows.columns])])
  }

  /// ln Σ exp over each state's Gaussians.
  private func sum(
    _ terms: UnsafeMutablePointer<Float>, _ rows: Int, into target: UnsafeMutablePointer<Float>
  ) {
    if commonSize == 1 {
      target.update(from: terms, count: rows * stateCount)
    } else if let commonSize {
      Float._logSumExpRows(terms, target, count: rows * stateCount, width: commonSize)
    } else {
      sumUneven(terms, rows, into: target)
    }
  }

  /// The same for states of different sizes: exponentials and logarithms of whole rows at once.
  private func sumUneven(
    _ terms: UnsafeMutablePointer<Float>, _ rows: Int, into target: UnsafeMutablePointer<Float>
  ) {
    let width = theta.columns
    withUnsafeTemporaryAllocation(of: Float.self, capacity: stateCount) { sums in
      let sums = sums.baseAddress!
      for row in 0..<rows {
        let (terms, maxima) = (terms + row * width, target + row * stateCount)
        for state in 0..<stateCount {
          var largest = terms[starts[state]]
          for index in starts[state]..<starts[state + 1] { largest = max(largest, terms[index]) }
          maxima[state] = largest
          for index in starts[state]..<starts[state + 1] { terms[index] -= largest }
        }
        Float._exp(terms, terms, width)
        for state in 0..<stateCount {
          var sum: Float = 0
          for index in starts[state]..<starts[state + 1] { sum += terms[index] }
          sums[state] = sum
        }
        Float._log(sums, sums, stateCount)
        for state in 0..<stateCount { maxima[state] += sums[state] }
      }
    }
  }
}
