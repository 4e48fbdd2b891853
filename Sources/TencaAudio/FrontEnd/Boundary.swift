/// What stands in for the entries beyond the ends of a finite sequence: samples of a sound or rows of
/// features.
enum Boundary: Sendable {
  /// Nothing: zeros.
  case zero
  /// The first and the last entry, held.
  case hold
  /// … 2 1 | 0 1 2 … n-1 | n-2 n-3 …: mirrored, the ends not repeated.
  case reflect
  /// … 1 0 | 0 1 2 … n-1 | n-1 n-2 …: mirrored, the ends repeated.
  case symmetric
  /// … n-1 | 0 1 2 … n-1 | 0 …: the sequence again.
  case wrap

  /// The entry that stands at `index` of `count` (at least one) entries; nil for zero.
  ///
  /// Mirrors and repetitions go on as often as the distance needs.
  func source(of index: Int, count: Int) -> Int? {
    if index >= 0 && index < count { return index }
    switch self {
    case .zero: return nil
    case .hold: return index < 0 ? 0 : count - 1
    case .wrap: return Self.remainder(index, count)
    case .symmetric:
      let phase = Self.remainder(index, 2 * count)
      return phase < count ? phase : 2 * count - 1 - phase
    case .reflect:
      if count == 1 { return 0 }
      let period = 2 * (count - 1)
      let phase = Self.remainder(index, period)
      return phase < count ? phase : period - phase
    }
  }

  /// The remainder that is never negative.
  private static func remainder(_ index: Int, _ period: Int) -> Int {
    let remainder = index % period
    return remainder < 0 ? remainder + period : remainder
  }
}
