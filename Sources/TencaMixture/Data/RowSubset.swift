package import TencaNumerics

/// Some rows of a source, in the order of their indices.
package struct RowSubset: RowSource {
  let source: any RowSource
  let indices: [Int]

  package init(source: any RowSource, indices: [Int]) {
    self.source = source
    self.indices = indices
  }

  package var rowCount: Int { indices.count }
  package var columnCount: Int { source.columnCount }

  package func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    var output = target
    for index in indices[rows] {
      try source.readRows(index..<index + 1, into: output)
      output += columnCount
    }
  }
}

extension RandomStream {
  /// `count` of the indices, all choices equally likely, in the order they had (R. Floyd, 1987).
  ///
  /// - Complexity: O(count · log count).
  mutating func draw(_ count: Int, of indices: [Int]) -> [Int] {
    var chosen = Set<Int>()
    for last in indices.count - count..<indices.count {
      let candidate = integer(below: last + 1)
      chosen.insert(chosen.contains(candidate) ? last : candidate)
    }
    return chosen.sorted().map { indices[$0] }
  }
}
