internal import TencaNumerics

extension NDArray<Float> {
  /// - Throws: ``MixtureError/wrongColumns(expected:actual:)`` unless this is a matrix of that many
  ///   columns.
  func requireColumns(_ expected: Int) throws {
    guard rank == 2, columns == expected else {
      throw MixtureError.wrongColumns(expected: expected, actual: shape.last ?? 0)
    }
  }

  /// - Throws: ``MixtureError/notFinite(row:column:value:)`` for the first number that is not.
  func requireFinite() throws {
    try withUnsafeBuffer { buffer in
      guard let bad = buffer.firstIndex(where: { !$0.isFinite }) else { return }
      throw MixtureError.notFinite(
        row: bad / columns, column: bad % columns, value: buffer[bad])
    }
  }
}
