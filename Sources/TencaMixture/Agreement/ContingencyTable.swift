/// How often each label of one labelling meets each label of another.
///
/// ```swift
/// let table = ContingencyTable(classes, clusters)     // ["a", "a", "b"], [0, 1, 1]
/// table.counts                                        // [[1, 1], [0, 1]]
/// let index = table.adjustedRandIndex
/// ```
public struct ContingencyTable<
  First: Hashable & Comparable & Sendable, Second: Hashable & Comparable & Sendable
>: Sendable, Equatable {
  /// The distinct labels of the first labelling, ascending: what the rows stand for.
  public let firstLabels: [First]
  /// The distinct labels of the second labelling, ascending: what the columns stand for.
  public let secondLabels: [Second]
  /// The number of items that have both labels, rows × columns.
  public let counts: [[Int]]

  /// Counts pairs of labels.
  ///
  /// - Parameters:
  ///   - first: The label of each item.
  ///   - second: Another label of each item.
  /// - Precondition: Both labellings are of the same items: as many labels in each.
  /// - Complexity: O(items + rows · columns), and sorting the distinct labels.
  public init(_ first: [First], _ second: [Second]) {
    precondition(
      first.count == second.count, "\(first.count) labels beside \(second.count) labels")
    firstLabels = Set(first).sorted()
    secondLabels = Set(second).sorted()
    let rows = Dictionary(uniqueKeysWithValues: zip(firstLabels, firstLabels.indices))
    let columns = Dictionary(uniqueKeysWithValues: zip(secondLabels, secondLabels.indices))
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: secondLabels.count), count: firstLabels.count)
    for (a, b) in zip(first, second) { counts[rows[a]!][columns[b]!] += 1 }
    self.counts = counts
  }

  /// The number of items.
  public var total: Int { firstSizes.reduce(0, +) }

  /// The number of items of each of ``firstLabels``.
  public var firstSizes: [Int] { counts.map { $0.reduce(0, +) } }

  /// The number of items of each of ``secondLabels``.
  public var secondSizes: [Int] {
    secondLabels.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
  }
}
