internal import TencaNumerics

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
