internal import TencaMixture
public import TencaNumerics

extension SequenceModel {
  /// The order in which the states are most like those of another model: on some data, they are
  /// together as often as can be.
  ///
  /// - Parameters:
  ///   - other: A model of as many states. Columns of the same names are told by these, others by their
  ///     order.
  ///   - data: What both are asked about, rows × columns.
  ///   - lengths: The rows of each sequence.
  ///   - conditions: What the steps of this model depend on; nil where they are all alike. The other's
  ///     count as usual, unless they follow the same columns.
  ///   - execution: How the work is carried out.
  /// - Returns: What ``HiddenMarkovModel/reordered(_:)`` takes.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` for another number of states; as
  ///   ``smoothed(_:lengths:over:execution:)``.
  /// - Complexity: As ``smoothed(_:lengths:over:execution:)``, and O(states³) for the matching.
  public func order(
    like other: SequenceModel, on data: any RowSource, lengths: [Int],
    over conditions: StepConditions? = nil, execution: Execution = .serial
  ) throws -> [Int] {
    let count = states.count
    try MarkovError.require(
      other.states.count == count, "like", "a model of \(other.states.count) states",
      "of \(count) states")
    let own = try smoothed(data, lengths: lengths, over: conditions, execution: execution).smoothed
    let places = other.columns.compactMap { columns.firstIndex(of: $0) }
    let theirData: any RowSource =
      places.count == columns.count ? SelectedColumns(places, of: data) : data
    let hasSameSteps =
      conditions.map { other.steps?.law.takes($0) == true } ?? false
      && other.steps?.columns == steps?.columns
    let theirModel =
      try hasSameSteps ? other.model(of: data.rowCount, over: conditions) : other.model
    let theirs =
      try other.semiMarkov?.smoothed(theirData, lengths: lengths, execution: execution).smoothed
      ?? theirModel.smoothed(theirData, lengths: lengths, execution: execution).smoothed
    let together = matrixProduct(theirs.transposed(), own)
    // Whole numbers keep the matching exact; a millionth of a row is fine enough.
    let counts = (0..<count).map { together.row($0).elements.map { Int($0 * 0x1p20) } }
    return maximumMatching(counts).map { $0! }
  }
}
