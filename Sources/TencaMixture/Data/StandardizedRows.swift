internal import TencaNumerics

/// Rows of data as seen from their middle: z = (x - centre) · scale, column by column.
///
/// Squares and products of z lose nothing to a large offset or to columns of unlike sizes. The
/// subtraction is done in double precision, on the way to wherever the numbers are needed.
struct StandardizedRows: Sendable {
  let data: NDArray<Float>
  let centres: [Double]
  let scales: [Double]

  /// - Parameter data: rows × columns, as many columns as there are centres and scales.
  init(_ data: NDArray<Float>, centres: [Double], scales: [Double]) {
    self.data = data.contiguous()
    self.centres = centres
    self.scales = scales
  }

  var count: Int { data.rows }
  var columns: Int { centres.count }

  /// Writes rows to `target`, `stride` numbers apart.
  func write<Scalar: NumericScalar>(
    _ rows: Range<Int>, into target: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    let columns = columns
    data.withUnsafeBuffer { source in
      centres.withUnsafeBufferPointer { centres in
        scales.withUnsafeBufferPointer { scales in
          var input = source.baseAddress! + rows.lowerBound * columns
          var output = target
          for _ in rows {
            for column in 0..<columns {
              output[column] = Scalar((Double(input[column]) - centres[column]) * scales[column])
            }
            input += columns
            output += stride
          }
        }
      }
    }
  }

  /// One row.
  func row(_ index: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: columns) { buffer, count in
      write(index..<index + 1, into: buffer.baseAddress!, stride: columns)
      count = columns
    }
  }
}

extension StandardizedRows {
  /// How many rows one thread takes at a time: about half a millisecond of work.
  static let block = 4096

  /// Centres of gravity and standard deviations of all columns.
  ///
  /// - Throws: ``MixtureError`` where there are no data or a number is not finite.
  static func statistics(
    of data: NDArray<Float>, execution: Execution
  ) throws -> ColumnStatistics {
    guard data.rank == 2, !data.isEmpty else { throw MixtureError.noData(shape: data.shape) }
    let source = data.contiguous()
    return try execution.reduce(count: source.rows, block: block) { rows in
      try source.withUnsafeBuffer {
        try ColumnStatistics($0, columns: source.columns, rows: rows)
      }
    }!
  }
}
