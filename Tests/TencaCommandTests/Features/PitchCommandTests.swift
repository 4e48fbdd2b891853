import TencaAudio
import TencaFormats
import TencaNumerics
import Testing

@Suite("Pitch")
struct PitchCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeTone(440, to: "a.wav", seconds: 0.5)
    return folder
  }

  @Test("A table is what the library finds", arguments: PitchMethod.allCases)
  func table(method: PitchMethod) throws {
    let folder = try folder()
    let run = try Program.run(
      ["features", "pitch", "a.wav", "--method", method.rawValue], in: folder)
    #expect(run.status == 0 && run.errors == "")
    let table = try run.table()
    #expect(table.columns == ["time", "f0", "voiced probability"])
    let sound = try Waveform.read(path: "\(folder.path)/a.wav")
    let track = try PitchTracker(PitchOptions(), sampleRate: sound.sampleRate)
      .track(sound, by: method)
    let values = try table.matrix(["f0", "voiced probability"])
    #expect(values.converted() == track.features.values)
    #expect(abs(values[track.frameCount / 2, 0] - 440) < 4)
  }

  @Test("JSON, and options by their names")
  func json() throws {
    let folder = try folder()
    let run = try Program.run(
      [
        "features", "pitch", "a.wav", "--low-frequency", "200", "--high-frequency", "800",
        "--frame-length", "50ms", "--hop", "10ms", "--json",
      ], in: folder)
    let json = try JSON(run.output)
    #expect(json[0]?["columns"]?.texts == ["f0", "voiced probability"])
    #expect(json[0]?["times"]?.list.count == 51)
    #expect(json[0]?["times"]?[1]?.number == 0.01)
  }

  @Test("Silence has no pitch")
  func silence() throws {
    let folder = try TemporaryFolder()
    try folder.write(WAV(data: [UInt8](repeating: 0, count: 8000)).bytes, to: "s.wav")
    let run = try Program.run(
      ["features", "pitch", "s.wav", "--csv", "--picture", "s.png"], in: folder)
    #expect(run.status == 0)
    #expect(try run.table().matrix(["f0", "voiced probability"]).elements.allSatisfy { $0 == 0 })
    #expect(folder.files == ["s.png", "s.wav"])
  }

  @Test("A picture of a sound on standard input, and a file beside it")
  func picture() throws {
    let folder = try folder()
    let bytes = WAV.tone(count: 4000).bytes
    let run = try Program.run(
      ["features", "pitch", "-", "--picture", "p.svg", "-o", "p.npy"], in: folder, input: bytes)
    #expect(run.status == 0 && run.output == "" && run.errors == "")
    #expect(folder.files == ["a.wav", "p.npy", "p.svg"])
    #expect(try NPY.read(path: folder.path + "/p.npy").asFloat.columns == 2)
  }

  @Test(
    "What has no effect or no sense is refused",
    arguments: [
      (["--method", "yin", "--resolution", "0.2"], 64), (["--trough-threshold", "0.2"], 64),
      (["--method", "ear"], 64), (["--high-frequency", "5000"], 1), (["--hop", "0"], 64),
    ] as [([String], Int32)])
  func refused(arguments: [String], status: Int32) throws {
    let folder = try folder()
    let run = try Program.run(["features", "pitch", "a.wav"] + arguments, in: folder)
    #expect(run.status == status)
    #expect(run.errors.contains(status == 64 ? "Error: " : "option low-frequency and high-"))
  }

  @Test("A classifier learns and keeps gammatone and Teager cepstra")
  func classifier() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<3, in: "sounds")
    let train = try Program.run(
      [
        "train", "classifier", "sounds", "-o", "m.tenca", "--mel-scale", "erb", "--mel-rule",
        "gammatone", "--teager", "samples", "-q",
      ], in: folder)
    #expect(train.status == 0, "\(train.errors)")
    let run = try Program.run(
      ["classify", "m.tenca", "sounds/low/0.wav", "--csv"], in: folder)
    #expect(run.status == 0)
    #expect(run.output.contains("low"))
  }
}
