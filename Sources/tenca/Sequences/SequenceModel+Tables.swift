internal import TencaMarkov

extension SequenceModel {
  /// What the cells of a table stand for.
  var words: SequenceTable.Words { symbols.map { .known($0) } ?? .none }

  /// The columns to take from a table: the model's, but from NPY files, and for models whose columns have
  /// no names, the first ones.
  func columns(in path: String) -> ColumnChoice {
    let counted = columns == columns.indices.map(String.init)
    return path.hasSuffix(".npy") || counted ? .numbered(columns) : .named(columns)
  }
}

extension SequenceModel {
  /// What a row of a sequence holds in the columns that steps follow, where all steps are usual.
  func usualConditions(ofRow row: Int) -> [Double] {
    guard let steps else { return [] }
    if case .rates = steps.law { return [Double(row) * steps.usual[0]] }
    return steps.usual
  }
}
