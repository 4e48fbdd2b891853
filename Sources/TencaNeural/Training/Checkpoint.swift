public import TencaNumerics

/// A run that was stopped: how far it had come, under which options, and its state.
public struct Checkpoint: Sendable {
  /// The kind that a checkpoint file names.
  public static let archiveKind = "checkpoint"

  /// Steps taken.
  public var steps: Int
  /// Everything that the run depends on, in words; one that goes on must have the same.
  public var recipe: String
  /// What `Trainee.arrays()` gave.
  public var arrays: [String: ArchivedArray]

  /// Puts the parts together.
  public init(steps: Int, recipe: String, arrays: [String: ArchivedArray]) {
    (self.steps, self.recipe, self.arrays) = (steps, recipe, arrays)
  }

  private struct Header: Codable {
    var steps: Int
    var recipe: String
  }

  /// What is written to a file.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive(arrays: arrays)
    try archive.describe(
      Header(steps: steps, recipe: recipe), kind: Self.archiveKind, format: 1)
    return archive
  }

  /// Reads what ``archive()`` wrote.
  ///
  /// - Throws: `ArchiveDescriptionError`.
  public init(archive: Archive) throws {
    let header: Header = try archive.description(kind: Self.archiveKind, newest: 1)
    self.init(steps: header.steps, recipe: header.recipe, arrays: archive.arrays)
  }

  /// Brings a trainee to where this run was.
  ///
  /// - Throws: ``NeuralError/otherRecipe(saved:now:)``, and what the trainee throws.
  public func restore(_ trainee: inout some Trainee, recipe: String) throws {
    guard recipe == self.recipe else {
      throw NeuralError.otherRecipe(saved: self.recipe, now: recipe)
    }
    try trainee.load(arrays, steps: steps)
  }
}
