internal import TencaMarkov
internal import TencaNumerics

extension SequenceTable {
  /// The same sequences in an order that only what they hold tells: by their first row, then the next, cell
  /// by cell, then by what is known of their states and of their steps. A model learned from them is then the same, to the
  /// last byte, in whatever order a file or a folder has them.
  ///
  /// - Throws: What reading rows throws.
  func inOrderOfContent() throws -> SequenceTable {
    let order = try sequences.indices.sorted { try precedes($0, $1) }
    return order == Array(sequences.indices) ? self : try SequenceTable(self, inOrder: order)
  }

  /// The sequences of a table in another order: place k holds sequence `order[k]`.
  ///
  /// - Throws: What reading rows throws.
  private init(_ table: SequenceTable, inOrder order: [Int]) throws {
    (path, columns, symbols) = (table.path, table.columns, table.symbols)
    var first = 0
    sequences = order.map { index in
      let one = table.sequences[index]
      defer { first += one.range.count }
      return Sequence(
        name: one.name, range: first..<first + one.range.count, times: one.times,
        timeTexts: one.timeTexts)
    }
    let ranges = order.map { table.sequences[$0].range }
    rows = NDArray<Double>.concatenated(try ranges.map { try table.rows.block($0) })
    known = table.known.map { known in ranges.flatMap { known[$0] } }
    conditions = table.conditions?.selected(ranges.flatMap(\.self))
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
    if let known, known[a] != known[b] { return known[a].lexicographicallyPrecedes(known[b]) }
    func steps(_ range: Range<Int>) -> [Double] { range.flatMap { conditions?.numbers($0) ?? [] } }
    return steps(a).lexicographicallyPrecedes(steps(b))
  }
}

extension StepConditions {
  /// Those of tables one after another; nil where there are none.
  init?(joining tables: [StepConditions]) {
    let gaps = tables.compactMap { if case .gaps(let gaps) = $0 { gaps } else { nil } }
    let rows = tables.compactMap { if case .covariates(let rows) = $0 { rows } else { nil } }
    if !gaps.isEmpty {
      self = .gaps(gaps.flatMap(\.self))
    } else if !rows.isEmpty {
      self = .covariates(.concatenated(rows))
    } else {
      return nil
    }
  }

  /// Those of some rows.
  fileprivate func selected(_ rows: [Int]) -> StepConditions {
    switch self {
    case .gaps(let gaps): .gaps(rows.map { gaps[$0] })
    case .covariates(let table): .covariates(NDArray(rows: rows.map { table.row($0).elements }))
    }
  }

  /// What a step from a row depends on.
  fileprivate func numbers(_ row: Int) -> [Double] {
    switch self {
    case .gaps(let gaps): [gaps[row]]
    case .covariates(let rows): rows.row(row).elements
    }
  }
}
