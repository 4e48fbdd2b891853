/// Something that was done to a series on its way to a model, in words and for programs.
public struct SeriesNote: Sendable, Equatable, Codable, CustomStringConvertible {
  /// What was done, a word for programs.
  public let kind: String
  /// How many rows or cells it was done to.
  public let count: Int
  /// The first of them: a date or a row.
  public let place: String?
  /// A sentence for people.
  public let description: String

  /// Makes a note.
  public init(kind: String, count: Int, place: String?, _ description: String) {
    (self.kind, self.count, self.place) = (kind, count, place)
    self.description = description
  }
}

/// What became of a series on its way to a model: everything that was left out, sorted, merged or
/// read one of several ways, in order.
public struct SeriesReport: Sendable, Equatable, Codable {
  /// What was done.
  public internal(set) var notes: [SeriesNote]

  /// Makes a report.
  public init(_ notes: [SeriesNote] = []) { self.notes = notes }

  /// The notes as lines for people.
  public var lines: [String] { notes.map(\.description) }
}
