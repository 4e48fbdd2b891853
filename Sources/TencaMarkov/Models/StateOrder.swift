internal import TencaMixture
public import TencaNumerics

extension HiddenMarkovModel {
  /// The order in which the states are most like those of another model: on some data, they are
  /// together as often as can be.
  ///
  /// - Parameters:
  ///   - other: A model of as many states.
  ///   - data: What both are asked about, rows × columns.
  ///   - lengths: The rows of each sequence.
  ///   - execution: How the work is carried out.
  /// - Returns: What ``reordered(_:)`` takes.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` for another number of states; as
  ///   ``smoothed(_:lengths:execution:)``.
  /// - Complexity: O(rows · states²), and O(states³) for the matching.
  public func order<F: Emission>(
    like other: HiddenMarkovModel<F>, on data: some RowSource, lengths: [Int]? = nil,
    execution: Execution = .serial
  ) throws -> [Int] {
    try MarkovError.require(
      other.stateCount == stateCount, "like", "a model of \(other.stateCount) states",
      "of \(stateCount) states")
    let own = try smoothed(data, lengths: lengths, execution: execution).smoothed
    let theirs = try other.smoothed(data, lengths: lengths, execution: execution).smoothed
    let together = matrixProduct(theirs.transposed(), own)
    // Whole numbers keep the matching exact; a millionth of a row is fine enough.
    let counts = (0..<stateCount).map { together.row($0).elements.map { Int($0 * 0x1p20) } }
    return maximumMatching(counts).map { $0! }
  }
}
