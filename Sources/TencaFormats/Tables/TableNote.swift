/// Something that was done to a table so that it could be read, in words and for programs.
public struct TableNote: Sendable, Equatable, Codable, CustomStringConvertible {
  /// What was done.
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// Lines before, after or inside the table were left out.
    case skippedLines
    /// Rows without anything in them were left out.
    case blankRows
    /// There is no line of names, so that columns are called by their numbers.
    case noHeading
    /// A choice between day and month that the dates do not tell for sure.
    case dateOrder
    /// Dates stand for months, quarters or years.
    case datePrecision
    /// A column that is named like dates holds none that can be read.
    case unreadDates
    /// A choice between decimal comma and decimal point that the numbers do not tell for sure.
    case decimalSign
    /// Signs were taken off numbers.
    case signs
    /// The column was chosen because none was named.
    case chosenColumn
    /// Cells are missing.
    case missingCells
  }

  /// What was done.
  public let kind: Kind
  /// How many lines, rows or cells it was done to.
  public let count: Int
  /// The line of the first of them, from 1.
  public let line: Int?
  /// A sentence for people.
  public let description: String

  /// Makes a note.
  public init(_ kind: Kind, count: Int, line: Int?, _ description: String) {
    (self.kind, self.count, self.line, self.description) = (kind, count, line, description)
  }
}
