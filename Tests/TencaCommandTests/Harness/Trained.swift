/// A classifier of tones, trained once by the program itself; tests copy it into their folders.
enum Trained {
  private static let made: (model: [UInt8], outcome: Program.Outcome) = {
    // A failure shows in the tests that use the model, and in that of training.
    do {
      let folder = try TemporaryFolder()
      try folder.writeTones(takes: 0..<6)
      let outcome = try Program.run(
        ["train", "classifier", "tones", "-o", "model.tenca", "--components", "2"], in: folder)
      return (folder.bytes("model.tenca"), outcome)
    } catch {
      fatalError("no model to test with: \(error)")
    }
  }()

  /// The model's file.
  static var model: [UInt8] { made.model }

  /// Puts the model into a folder as `model.tenca`.
  static func copy(to folder: TemporaryFolder) throws {
    try folder.write(model, to: "model.tenca")
  }
}
