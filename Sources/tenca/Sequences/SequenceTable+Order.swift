internal import TencaNumerics

extension SequenceTable {
  /// The same sequences in an order that only what they hold tells: by their first row, then the next, cell
  /// by cell, then by what is known of their states. A model learned from them is then the same, to the
  /// last byte, in whatever order a file or a folder has them.
  ///
  /// - Throws: What reading rows throws.
  func inOrderOfContent() throws -> SequenceTable {
    let order = try sequences.indices.sorted { try precedes($0, $1) }
    return order == Array(sequences.indices) ? self : try SequenceTable(self, inOrder: order)
  }

  private func precedes(_ one: Int, _ other: Int) throws -> Bool {
    let (a, b) = (sequences[one].range, sequences[other].range)
    for (i, j) in zip(a, b) {
      let (x, y) = (try rows.block(i..<i + 1).elements, try rows.block(j..<j + 1).elements)
      for (u, v) in zip(x, y) {
        // Missing cells are all the same, and come last.
        if u.isNaN || v.isNaN {
          if u.isNaN && v.isNaN { continue }
          return v.isNaN
        }
        if u != v { return u < v }
      }
    }
    if a.count != b.count { return a.count < b.count }
    return known.map { $0[a].lexicographicallyPrecedes($0[b]) } ?? false
  }
}
