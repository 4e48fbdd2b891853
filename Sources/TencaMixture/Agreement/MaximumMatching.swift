/// Gives each row a column of its own such that the sum of the chosen entries is greatest: the
/// Hungarian method (H. Kuhn, 1955), by shortest augmenting paths with potentials (N. Tomizawa,
/// 1971).
///
/// Whole numbers keep it exact.
///
/// - Parameter weights: rows × columns, rows of equal length.
/// - Returns: The column of each row, or nil for rows that get none as there are fewer columns.
/// - Precondition: The rows are equally long, and sums of weights fit in an `Int`.
/// - Complexity: O(n²·m) for the smaller number n and the larger number m of rows and columns.
public func maximumMatching(_ weights: [[Int]]) -> [Int?] {
  let (rows, columns) = (weights.count, weights.first?.count ?? 0)
  precondition(weights.allSatisfy { $0.count == columns }, "rows of unequal length")
  if columns == 0 { return [Int?](repeating: nil, count: rows) }
  if rows <= columns {
    return leastCostColumns(rows: rows, columns: columns) { -weights[$0][$1] }
  }
  // With more rows than columns it is the columns that each get a row.
  let chosen = leastCostColumns(rows: columns, columns: rows) { -weights[$1][$0] }
  var matching = [Int?](repeating: nil, count: rows)
  for (column, row) in chosen.enumerated() { matching[row] = column }
  return matching
}

/// The column of each row with the least sum of costs.
///
/// - Precondition: `rows` is at most `columns`.
private func leastCostColumns(
  rows: Int, columns: Int, cost: (_ row: Int, _ column: Int) -> Int
) -> [Int] {
  // Potentials keep every reduced cost, cost - row - column, at zero or above, and at zero where
  // row and column are matched. Paths start from an extra column, the last.
  let outside = columns
  var rowPotentials = [Int](repeating: 0, count: rows)
  var columnPotentials = [Int](repeating: 0, count: columns + 1)
  var owners = [Int?](repeating: nil, count: columns + 1)
  for row in 0..<rows {
    owners[outside] = row
    var end = outside
    var reached = [Bool](repeating: false, count: columns + 1)
    var previous = [Int](repeating: outside, count: columns)
    var slack = [Int](repeating: .max, count: columns)
    // The shortest path of reduced costs to a free column (E. Dijkstra, 1959).
    while let owner = owners[end] {
      reached[end] = true
      var (nearest, step) = (outside, Int.max)
      for column in 0..<columns where !reached[column] {
        let reduced = cost(owner, column) - rowPotentials[owner] - columnPotentials[column]
        if reduced < slack[column] { (slack[column], previous[column]) = (reduced, end) }
        if slack[column] < step { (nearest, step) = (column, slack[column]) }
      }
      for column in 0...columns {
        if reached[column] {
          rowPotentials[owners[column]!] += step
          columnPotentials[column] -= step
        } else {
          slack[column] -= step
        }
      }
      end = nearest
    }
    while end != outside {
      owners[end] = owners[previous[end]]
      end = previous[end]
    }
  }
  var chosen = [Int](repeating: 0, count: rows)
  for column in 0..<columns {
    if let owner = owners[column] { chosen[owner] = column }
  }
  return chosen
}
