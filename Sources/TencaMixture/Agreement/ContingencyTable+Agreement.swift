internal import TencaNumerics

extension ContingencyTable {
  /// How far two labellings agree on which items belong together: 1 where they do throughout,
  /// 0 as often as by chance, below it where they avoid each other (L. Hubert, P. Arabie, 1985).
  ///
  /// 1 where there is nothing to disagree on: fewer than two items, one cluster in both
  /// labellings, or each item by itself in both.
  ///
  /// - Complexity: O(rows · columns).
  public var adjustedRandIndex: Double {
    let together = counts.reduce(0.0) { $0 + $1.reduce(0.0) { $0 + Self.pairs($1) } }
    let first = firstSizes.reduce(0.0) { $0 + Self.pairs($1) }
    let second = secondSizes.reduce(0.0) { $0 + Self.pairs($1) }
    let all = Self.pairs(total)
    if first == second && (first == 0 || first == all) { return 1 }
    let expected = first * second / all
    return (together - expected) / ((first + second) / 2 - expected)
  }

  /// The information that two labellings share, as a part of the mean of what each holds: from 0,
  /// where one says nothing of the other, to 1, where each tells the other (A. Strehl, J. Ghosh,
  /// 2002, with the arithmetic mean).
  ///
  /// 1 where both labellings are a single cluster, as nothing is left to tell; 0 where one is.
  ///
  /// - Complexity: O(rows · columns).
  public var normalizedMutualInformation: Double {
    if firstLabels.count <= 1 && secondLabels.count <= 1 { return 1 }
    let (rows, columns, total) = (firstSizes, secondSizes, Double(total))
    var information = 0.0
    for (row, line) in counts.enumerated() {
      for (column, count) in line.enumerated() where count > 0 {
        let expected = Double(rows[row]) * Double(columns[column]) / total
        information += Double(count) / total * logarithm(Double(count) / expected)
      }
    }
    let entropies = Self.entropy(rows, of: total) + Self.entropy(columns, of: total)
    return min(max(2 * information / entropies, 0), 1)
  }

  /// The share of items whose first label is the most frequent one of their second label.
  ///
  /// Grows with the number of second labels: it is 1 where each item has its own.
  ///
  /// - Complexity: O(rows · columns).
  public var purity: Double {
    guard total > 0 else { return 1 }
    let majorities = secondLabels.indices.reduce(0) { sum, column in
      sum + counts.reduce(0) { max($0, $1[column]) }
    }
    return Double(majorities) / Double(total)
  }

  /// The column that stands for each row when each row is given a different column such that as
  /// many items as possible agree; nil for rows left over where there are fewer columns.
  ///
  /// - Complexity: O(n³) for n rows or columns, whichever are more (see
  ///   ``maximumMatching(_:)``).
  public var bestMatching: [Int?] { maximumMatching(counts) }

  /// The share of items on which both labellings agree under ``bestMatching``.
  public var matchedAccuracy: Double {
    guard total > 0 else { return 1 }
    let agreeing = zip(counts, bestMatching).reduce(0) { sum, pair in
      sum + (pair.1.map { pair.0[$0] } ?? 0)
    }
    return Double(agreeing) / Double(total)
  }

  /// The pairs among `count` items. In double precision, as n² of large tables overflows 64 bits
  /// once multiplied.
  private static func pairs(_ count: Int) -> Double {
    Double(count) * (Double(count) - 1) / 2
  }

  /// -Σ p ln p of the shares `sizes / total`.
  private static func entropy(_ sizes: [Int], of total: Double) -> Double {
    sizes.reduce(0.0) { sum, size in
      let share = Double(size) / total
      return sum - share * logarithm(share)
    }
  }
}
