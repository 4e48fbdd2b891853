extension RegimePicture {
  /// Rows that follow each other in one regime.
  struct Spell: Equatable {
    /// The regime, counted from 0.
    let regime: Int
    /// The rows.
    let rows: Range<Int>
  }

  /// The spells of the path, in order.
  var spells: [Spell] { Self.spells(content.path) }

  /// The spells of a path.
  ///
  /// - Complexity: O(rows).
  static func spells(_ path: [Int]) -> [Spell] {
    var result: [Spell] = []
    var start = 0
    for row in path.indices where row + 1 == path.count || path[row + 1] != path[row] {
      result.append(Spell(regime: path[row], rows: start..<row + 1))
      start = row + 1
    }
    return result
  }

  /// The change of the value over a spell, as a share: from the last known before it to its last known
  /// one; nil where there are none, or where the first is not positive.
  func change(_ spell: Spell) -> Double? {
    let before = content.levels[..<spell.rows.lowerBound].last(where: \.isFinite)
    guard let first = before ?? content.levels[spell.rows].first(where: \.isFinite),
      let last = content.levels[spell.rows].last(where: \.isFinite), first > 0
    else { return nil }
    return last / first - 1
  }
}
