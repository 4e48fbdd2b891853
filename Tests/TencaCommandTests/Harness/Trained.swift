import TencaFormats
import TencaNumerics

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

  /// Puts a model that hardly believes its ears into a folder as `doubter.tenca`: with the evidence
  /// of a frame scaled down, no class is nearly certain.
  static func copyDoubter(to folder: TemporaryFolder) throws {
    var archive = try SafeTensors.decode(model.span.bytes, path: "model")
    let text = archive.metadata["tenca.classifier"] ?? ""
    archive.metadata["tenca.classifier"] = text.replacing(
      /"evidenceScale":[0-9.e-]+/, with: "\"evidenceScale\":0.00001")
    try SafeTensors.write(archive, to: folder.path + "/doubter.tenca")
  }
}
