internal import TencaNumerics

/// The squared distances of all rows of one matrix to all rows of another, a block at a time.
///
/// ‖x − y‖² = ‖x‖² + ‖y‖² − 2 xᵀy, whose products BLAS makes. Blocks depend on the shapes only, so the
/// numbers are the same on any number of threads.
struct RowDistances: Sendable {
  /// How many rows and columns a block has: 2 MB of distances.
  static let (rowBlock, columnBlock) = (128, 2048)

  let from: NDArray<Double>
  let to: NDArray<Double>
  private let fromNorms: [Double]
  private let toNorms: [Double]

  /// - Precondition: Both have as many columns, and rows to measure to.
  init(from: NDArray<Double>, to: NDArray<Double>) {
    // As seen from one of the rows, so that a common offset costs no digits.
    let origin = to.row(0).elements
    func moved(_ rows: NDArray<Double>) -> NDArray<Double> {
      var result = rows
      result.withUnsafeMutableBuffer { values in
        for i in values.indices { values[i] -= origin[i % origin.count] }
      }
      return result
    }
    func norms(_ rows: NDArray<Double>) -> [Double] {
      (0..<rows.rows).map { dot(rows.row($0), rows.row($0)) }
    }
    (self.from, self.to) = (moved(from), moved(to))
    (fromNorms, toNorms) = (norms(self.from), norms(self.to))
  }

  /// Calls `body` with the squared distances of the rows `rows` to a block of the others: the first of
  /// those, and a row of distances for each of `rows`.
  func forEachBlock(
    _ rows: Range<Int>, _ body: (_ firstColumn: Int, _ squares: NDArray<Double>) -> Void
  ) {
    for first in stride(from: 0, to: to.rows, by: Self.columnBlock) {
      body(first, squares(rows, first..<min(first + Self.columnBlock, to.rows)))
    }
  }

  private func squares(_ rows: Range<Int>, _ columns: Range<Int>) -> NDArray<Double> {
    var block = matrixProduct(from.rows(rows), to.rows(columns).transposed())
    block.withUnsafeMutableBuffer { target in
      var position = 0
      for row in rows {
        let own = fromNorms[row]
        for column in columns {
          let size = own + toNorms[column]
          let square = size - 2 * target[position]
          // Where the difference has lost half its digits, it is taken number by number: equal rows are
          // exactly 0 apart, which copies are told by.
          target[position] = square > 1e-7 * size ? square : direct(row, column)
          position += 1
        }
      }
    }
    return block
  }

  private func direct(_ row: Int, _ column: Int) -> Double {
    from.withUnsafeBuffer { x in
      to.withUnsafeBuffer { y in
        let width = from.columns
        return (0..<width).reduce(0.0) { sum, i in
          let difference = x[row * width + i] - y[column * width + i]
          return sum + difference * difference
        }
      }
    }
  }
}

/// A sum over pairs of samples.
struct PairSum: Mergeable, Sendable {
  var value: Double
  mutating func merge(_ other: PairSum) { value += other.value }
}
