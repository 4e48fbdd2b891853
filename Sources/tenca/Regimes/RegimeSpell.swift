/// Rows that follow each other in one regime.
struct RegimeSpell: Equatable {
  /// The regime, counted from 0.
  let regime: Int
  /// The rows.
  let rows: Range<Int>
}

extension RegimePicture {
  /// The spells of the path, in order.
  var spells: [RegimeSpell] { Self.spells(content.path) }

  /// The spells of a path.
  ///
  /// - Complexity: O(rows).
  static func spells(_ path: [Int]) -> [RegimeSpell] {
    var result: [RegimeSpell] = []
    var start = 0
    for row in path.indices where row + 1 == path.count || path[row + 1] != path[row] {
      result.append(RegimeSpell(regime: path[row], rows: start..<row + 1))
      start = row + 1
    }
    return result
  }

  /// The change of the value over a spell, as a share: from the last known before it to its last known
  /// one; nil where there are none, or where the first is not positive.
  func change(_ spell: RegimeSpell) -> Double? {
    let before = content.levels[..<spell.rows.lowerBound].last(where: \.isFinite)
    guard let first = before ?? content.levels[spell.rows].first(where: \.isFinite),
      let last = content.levels[spell.rows].last(where: \.isFinite), first > 0
    else { return nil }
    return last / first - 1
  }
}
