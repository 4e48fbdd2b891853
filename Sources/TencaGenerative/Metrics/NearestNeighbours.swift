internal import TencaNumerics

extension RowDistances {
  /// The squared distances of each row to its nearest others, ascending.
  ///
  /// - Parameters:
  ///   - k: How many, at most as there are.
  ///   - skipsItself: Whether both matrices are one, whose rows are not neighbours of themselves.
  /// - Returns: For each row `k` numbers.
  /// - Complexity: O(rows · columns · (features + k)).
  func nearest(
    _ k: Int, skipsItself: Bool = false, execution: Execution
  ) throws -> [[Double]] {
    let count = from.rows
    let blocks = (count + Self.rowBlock - 1) / Self.rowBlock
    let parts = try execution.map(blocks) { block in
      let rows = block * Self.rowBlock..<min((block + 1) * Self.rowBlock, count)
      var found = rows.map { _ in Nearest(limit: k) }
      forEachBlock(rows) { first, squares in
        let width = squares.columns
        squares.withUnsafeBuffer { squares in
          for (index, row) in rows.enumerated() {
            for column in 0..<width where !(skipsItself && first + column == row) {
              found[index].add(squares[index * width + column])
            }
          }
        }
      }
      return found.map(\.values)
    }
    return parts.flatMap { $0 }
  }

  /// The distance of each row to the nearest other one.
  func nearestDistances(execution: Execution) throws -> [Double] {
    try nearest(1, execution: execution).map { $0[0].squareRoot() }
  }
}

/// The least numbers of those that were added, ascending.
private struct Nearest {
  let limit: Int
  private(set) var values: [Double] = []

  init(limit: Int) { self.limit = limit }

  mutating func add(_ value: Double) {
    if values.count == limit {
      guard value < values[limit - 1] else { return }
      values.removeLast()
    }
    var place = values.count
    while place > 0 && values[place - 1] > value { place -= 1 }
    values.insert(value, at: place)
  }
}
