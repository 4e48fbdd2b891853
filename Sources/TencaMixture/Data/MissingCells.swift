/// What a NaN in the data means.
public enum MissingCells: String, Sendable, Equatable, Codable, CaseIterable {
  /// A mistake, reported with its row and column.
  case refused
  /// A cell nobody measured: the row counts by the density of its other cells, which is exact as
  /// long as cells are not missing because of what they would have held (D. Rubin, 1976).
  case marginalized
}
