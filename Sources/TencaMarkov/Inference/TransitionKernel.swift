internal import CKernels
internal import TencaNumerics

/// A transition matrix laid out for the kernels.
///
/// Its memory is written while it is made and never after, which makes the unchecked `Sendable`
/// true.
final class TransitionKernel: @unchecked Sendable {
  /// What y[j] is made of.
  enum Direction {
    /// The entries (i, j): one step forward.
    case forward
    /// The entries (j, i): one step back.
    case backward
    /// The logarithms of the entries (i, j): one step of the best path.
    case logarithm
  }

  /// The matrix of frame 0.
  private let transition: tenca_transition
  private let values: UnsafeMutablePointer<Double>
  private let starts: UnsafeMutablePointer<Int32>?
  private let indices: UnsafeMutablePointer<Int32>?

  /// The length of padded rows.
  static func width(_ states: Int) -> Int { tenca_chain_width(states) }

  init(_ matrix: TransitionMatrix, _ direction: Direction) {
    let states = matrix.stateCount
    let nothing = direction == .logarithm ? -Double.infinity : 0
    func value(_ entry: Double) -> Double { direction == .logarithm ? logarithm(entry) : entry }
    var transition = tenca_transition()
    transition.states = states
    let values: UnsafeMutablePointer<Double>
    switch matrix.storage {
    case .sparse(let sparse):
      let columns = direction == .backward ? sparse : sparse.transposed()
      let entries = columns.entryCount
      let starts = UnsafeMutablePointer<Int32>.allocate(capacity: states + 1)
      let indices = UnsafeMutablePointer<Int32>.allocate(capacity: max(entries, 1))
      values = .allocate(capacity: max(entries, 1))
      for column in 0...states { starts[column] = Int32(columns.rowStarts[column]) }
      for entry in 0..<entries {
        indices[entry] = Int32(columns.columnIndices[entry])
        values[entry] = value(columns.values[entry])
      }
      (self.starts, self.indices) = (starts, indices)
      transition.kind = TENCA_SPARSE
      transition.starts = UnsafePointer(starts)
      transition.indices = UnsafePointer(indices)
    case .dense(let array), .varying(let array):
      let width = Self.width(states)
      let source = array.contiguous()
      if case .dense = matrix.storage, let band = Self.band(source, direction) {
        values = .allocate(capacity: band.count * width)
        values.initialize(repeating: nothing, count: band.count * width)
        for (row, shift) in band.enumerated() {
          for j in max(0, -shift)..<min(states, states - shift) {
            let i = j + shift
            values[row * width + j] = value(
              direction == .backward ? source[j, i] : source[i, j])
          }
        }
        transition.kind = TENCA_BANDED
        transition.lower = -band.lowerBound
        transition.bands = band.count
      } else {
        let matrices = array.count / (states * states)
        values = .allocate(capacity: max(matrices, 1) * states * width)
        values.initialize(repeating: nothing, count: matrices * states * width)
        source.withUnsafeBuffer { source in
          for row in 0..<matrices * states {
            for j in 0..<states {
              let index =
                direction == .backward
                ? (row / states * states + j) * states + row % states : row * states + j
              values[row * width + j] = value(source[index])
            }
          }
        }
        transition.kind = TENCA_DENSE
        transition.step = matrix.varies ? states * width : 0
      }
      (starts, indices) = (nil, nil)
    }
    transition.values = UnsafePointer(values)
    self.values = values
    self.transition = transition
  }

  deinit {
    values.deallocate()
    starts?.deallocate()
    indices?.deallocate()
  }

  /// i - j over the diagonals that hold anything, where they are few enough to gain by it.
  private static func band(
    _ matrix: NDArray<Double>, _ direction: Direction
  ) -> ClosedRange<Int>? {
    let states = matrix.rows
    // Products of smaller matrices are a few vector instructions.
    guard states > 8 else { return nil }
    var (low, high) = (0, 0)
    for i in 0..<states {
      for j in 0..<states where matrix[i, j] > 0 {
        low = min(low, i - j)
        high = max(high, i - j)
      }
    }
    guard 4 * (high - low + 1) <= states else { return nil }
    return direction == .backward ? -high...(-low) : low...high
  }

  /// The matrices from frame `frame` on.
  func from(_ frame: Int) -> tenca_transition {
    var moved = transition
    moved.values += frame * transition.step
    return moved
  }
}
