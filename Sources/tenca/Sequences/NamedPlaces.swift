internal import TencaMarkov
internal import TencaMixture

extension SequenceTable {
  /// Runs `body`, and gives errors of rows and columns the names that these have in the table.
  ///
  /// - Throws: ``CommandError/badCells(place:reason:)``; what else `body` throws.
  func namingPlaces<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as MarkovError {
      switch error {
      case .invalidValue(let row, let column, let value, let limit):
        throw CommandError.badCells(
          place: "\(place(ofRow: row)), column '\(columns[column])'",
          reason: "is \(value) but must be \(limit)")
      case .impossibleData(_, let frame):
        throw CommandError.badCells(
          place: place(ofRow: frame),
          reason: "can come from no state that is possible there")
      default: throw error
      }
    } catch let error as MixtureError {
      guard case .noValues(let column) = error else { throw error }
      throw CommandError.badCells(
        place: "column '\(columns[column])'", reason: "holds no value at all")
    }
  }

  /// What a row is called: its number in its sequence, and the sequence's name where it has one.
  func place(ofRow row: Int) -> String {
    let index = sequences.firstIndex { $0.range.contains(row) } ?? 0
    let sequence = sequences[index]
    let number = "row \(row - sequence.range.lowerBound + 1)"
    return sequence.name.isEmpty ? number : "sequence '\(sequence.name)', \(number)"
  }
}
