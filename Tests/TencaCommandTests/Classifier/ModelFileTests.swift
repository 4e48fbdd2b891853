import TencaFormats
import TencaNumerics
import Testing

@Suite("Models on disk")
struct ModelFileTests {
  @Test("A model is a safetensors file, read here by hand as its specification says")
  func specification() throws {
    let model = Trained.model
    // Eight bytes of length, little end first; a JSON object; then the tensors.
    let length = model[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length > 0 && 8 + length < model.count)
    #expect(length % 8 == 0)
    let header = try JSON(String(decoding: model[8..<8 + length], as: UTF8.self))
    let metadata = try #require(header["__metadata__"])
    #expect(
      metadata.keys.isSuperset(
        of: ["tenca.kind", "tenca.format", "tenca.version", "tenca.classifier"]))
    #expect(metadata["tenca.kind"] == .text("classifier"))
    #expect(metadata["tenca.format"] == .text("2"))
    let description = try JSON(try #require(metadata["tenca.classifier"]?.text))
    #expect(description["labels"]?.texts == ["high", "low", "middle"])
    // Tensors fill the rest of the file without gaps.
    var end = 0.0
    let names = header.keys.subtracting(["__metadata__"])
    #expect(names.isSuperset(of: ["hidden.0.weights", "hidden.2.means", "hidden.2.variances"]))
    for tensor in names.compactMap({ header[$0] }).sorted(by: {
      ($0["data_offsets"]?[0]?.number ?? 0) < ($1["data_offsets"]?[0]?.number ?? 0)
    }) {
      let offsets = try #require(tensor["data_offsets"]).numbers
      let size = tensor["dtype"] == .text("F64") ? 8.0 : 4.0
      #expect(offsets[0] == end)
      #expect(offsets[1] - offsets[0] == tensor["shape"]!.numbers.reduce(size, *))
      end = offsets[1]
    }
    #expect(Int(end) == model.count - 8 - length)
    // The weights of each of a class's states are a distribution.
    let weights = try #require(header["hidden.0.weights"]?["data_offsets"]).numbers
    let sum = stride(from: Int(weights[0]), to: Int(weights[1]), by: 8).reduce(0.0) { sum, offset in
      let bits = model[(8 + length + offset)..<(8 + length + offset + 8)].reversed()
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return sum + Double(bitPattern: bits)
    }
    #expect(sum > 0.9 && abs(sum - sum.rounded()) < 1e-6)
  }

  @Test("inspect says what a model is and how it was made")
  func inspect() throws {
    let folder = try TemporaryFolder()
    try Trained.copy(to: folder)
    let text = try Program.run(["inspect", "model.tenca"], in: folder)
    #expect(text.status == 0 && text.errors == "")
    for words in [
      "model.tenca: sound classifier", "trained on    tones", "mfcc, 39 columns, at 8000 Hz",
      "25ms every 10ms", "deltas of order 2", "seed          1",
    ] { #expect(text.output.contains(words), "\(words)") }
    #expect(text.output.split(separator: "\n").contains { $0.hasPrefix("middle  0.333") })
    let report = try JSON(try Program.run(["inspect", "model.tenca", "--json"], in: folder).output)
    #expect(report["classes"]?.list.map { $0["label"]?.text } == ["high", "low", "middle"])
    #expect(report["options"]?["frontEnd"]?["kind"] == .text("mfcc"))
    // From standard input as well.
    let piped = try Program.run(["inspect", "-"], in: folder, input: Trained.model)
    #expect(piped.output.contains("sound classifier"))
  }

  @Test(
    "Every command that reads a model says what is wrong with another file",
    arguments: [["inspect"], ["classify"], ["evaluate"]])
  func wrongFiles(command: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<1)
    let model = Trained.model
    var archive = try SafeTensors.decode(model.span.bytes, path: "model")
    try folder.write(model.prefix(model.count / 2), to: "half.tenca")
    try folder.write(model + [0], to: "longer.tenca")
    var damaged = model
    damaged[20] = 0xFF
    try folder.write(damaged, to: "header.tenca")
    try folder.write([], to: "empty.tenca")
    try folder.write(WAV.tone(count: 100).bytes, to: "sound.wav")
    try folder.write([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13], to: "picture.png")
    archive.metadata["tenca.format"] = "3"
    try SafeTensors.write(archive, to: folder.path + "/newer.tenca")
    archive.metadata["tenca.format"] = "1"
    archive.metadata["tenca.kind"] = "weather"
    try SafeTensors.write(archive, to: folder.path + "/other.tenca")
    archive.metadata = [:]
    try SafeTensors.write(archive, to: folder.path + "/foreign.safetensors")
    let trained = "Give a file that tenca train has written"
    for (name, words) in [
      ("nothing.tenca", ["No such file", "Check the name"]), ("tones", ["it is a folder"]),
      ("empty.tenca", ["empty.tenca is empty"]),
      ("half.tenca", ["not a model", "ends too early", trained]),
      ("longer.tenca", ["not a model", "1 bytes behind the last tensor", trained]),
      ("header.tenca", ["not a model", "byte 8", trained]),
      ("sound.wav", ["not a model", "sound.wav, byte 0", trained]),
      ("picture.png", ["not a model", "picture.png, byte 0", trained]),
      ("newer.tenca", ["model format 3", "reads up to 2", "Install a newer tenca"]),
      ("other.tenca", ["kind 'weather'", "'classifier' is needed"]),
      ("foreign.safetensors", ["not a tenca model"]),
    ] {
      let run = try Program.run(
        command + [name] + (command == ["inspect"] ? [] : ["tones"]), in: folder)
      #expect(run.status == 1, "\(name)")
      #expect(run.output == "", "\(name)")
      for word in [name] + words { #expect(run.errors.contains(word), "\(name): \(run.errors)") }
    }
  }
}
