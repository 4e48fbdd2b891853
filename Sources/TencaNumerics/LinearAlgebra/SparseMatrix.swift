/// A matrix most of whose entries are zero, row by row (compressed sparse rows).
///
/// ```swift
/// let counts = SparseMatrix(columns: 4, rows: [[(0, 2), (3, 1)], [], [(1, 5)]])
/// let sums = matrixProduct(counts, NDArray<Double>(repeating: 1, shape: [4, 1]))
/// ```
public struct SparseMatrix: Sendable, Equatable {
  /// The number of columns.
  public let columns: Int
  /// Where each row starts among the entries, and where the last one ends: rows + 1 numbers.
  public let rowStarts: [Int]
  /// The column of each entry, ascending within a row.
  public let columnIndices: [Int]
  /// The entries.
  public let values: [Double]

  /// Makes a matrix from the entries of its rows.
  ///
  /// - Parameters:
  ///   - columns: The number of columns.
  ///   - rows: The entries of each row, by ascending column.
  /// - Precondition: The columns ascend and exist.
  public init(columns: Int, rows: some Collection<[(column: Int, value: Double)]>) {
    var (starts, indices, values) = ([0], [Int](), [Double]())
    for row in rows {
      for (column, value) in row {
        precondition(
          column < columns && column > (indices.count > starts.last! ? indices.last! : -1),
          "column \(column) of \(columns) out of order")
        indices.append(column)
        values.append(value)
      }
      starts.append(indices.count)
    }
    self.init(columns: columns, rowStarts: starts, columnIndices: indices, values: values)
  }

  private init(columns: Int, rowStarts: [Int], columnIndices: [Int], values: [Double]) {
    self.columns = columns
    self.rowStarts = rowStarts
    self.columnIndices = columnIndices
    self.values = values
  }

  /// The number of rows.
  public var rows: Int { rowStarts.count - 1 }

  /// The number of entries that are stored.
  public var entryCount: Int { values.count }

  /// Where the entries of a row lie in ``columnIndices`` and ``values``.
  public func entries(ofRow row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

  /// The transpose, row by row as well.
  ///
  /// - Complexity: O(entries + rows + columns).
  public func transposed() -> SparseMatrix {
    var starts = [Int](repeating: 0, count: columns + 1)
    for column in columnIndices { starts[column + 1] += 1 }
    for column in 0..<columns { starts[column + 1] += starts[column] }
    var next = starts
    var indices = [Int](repeating: 0, count: entryCount)
    var moved = [Double](repeating: 0, count: entryCount)
    for row in 0..<rows {
      for entry in entries(ofRow: row) {
        let place = next[columnIndices[entry]]
        next[columnIndices[entry]] += 1
        indices[place] = row
        moved[place] = values[entry]
      }
    }
    return SparseMatrix(columns: rows, rowStarts: starts, columnIndices: indices, values: moved)
  }
}

/// The product A·B of a sparse matrix and a full one.
///
/// - Parameters:
///   - a: m × k.
///   - b: k × n.
///   - execution: The same bytes come out on any number of threads.
/// - Returns: m × n.
/// - Throws: `CancellationError`.
/// - Complexity: O(entries · n + m·n).
public func matrixProduct(
  _ a: SparseMatrix, _ b: NDArray<Double>, execution: Execution = .serial
) throws -> NDArray<Double> {
  precondition(
    b.rank == 2 && b.rows == a.columns,
    "the product of shapes \([a.rows, a.columns]) and \(b.shape)")
  let right = b.contiguous()
  let width = right.columns
  // Half a millisecond of additions a block.
  let perRow = max(1, a.entryCount / max(a.rows, 1)) * max(width, 1)
  let block = max(1, 500_000 / perRow)
  let parts = try execution.map((a.rows + block - 1) / block) { index in
    let rows = index * block..<min((index + 1) * block, a.rows)
    return NDArray<Double>(shape: [rows.count, width]) { target in
      target.update(repeating: 0)
      right.withUnsafeBuffer { source in
        for row in rows {
          for entry in a.entries(ofRow: row) {
            let factor = a.values[entry]
            let from = a.columnIndices[entry] * width
            let to = (row - rows.lowerBound) * width
            for column in 0..<width { target[to + column] += factor * source[from + column] }
          }
        }
      }
    }
  }
  return parts.isEmpty ? NDArray(zeros: [0, width]) : NDArray.concatenated(parts)
}
