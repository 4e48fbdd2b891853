import Testing

@Suite("Sounds that cannot be used")
struct BadSoundTests {
  /// A file, and the words that must be said of it: what is wrong, and what to do.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]?
    let words: [String]
    var testDescription: String { name }
  }

  static var cases: [Case] {
    var notFinite = Tone.samples(440, count: 3000, rate: 8000, seed: 1)
    notFinite[1234] = .nan
    var infinite = notFinite
    infinite[1234] = -.infinity
    let whole = WAV.tone(count: 4000)
    var wrongFormat = whole
    wrongFormat.format = 999
    var wrongMagic = whole
    wrongMagic.magic = "RIFX"
    var noChannels = whole
    noChannels.channels = 0
    var noRate = whole
    noRate.rate = 0
    return [
      Case(name: "missing.wav", bytes: nil, words: ["No such file", "Check the path"]),
      Case(name: "empty.wav", bytes: [], words: ["empty (0 bytes)", "record it again"]),
      Case(name: "none.wav", bytes: WAV().bytes, words: ["no samples", "leave it out"]),
      Case(
        name: "one.wav", bytes: WAV.tone(count: 1).bytes,
        words: ["1 sample,", "at least 200", "Leave it out"]),
      Case(
        name: "truncated.wav", bytes: Array(whole.bytes.prefix(3044)),
        words: ["truncated", "4000 frames", "1500 are there", "Copy the file again"]),
      Case(
        name: "headless.wav", bytes: Array(whole.bytes.prefix(30)),
        words: ["cannot be read as sound", "Supported are"]),
      Case(
        name: "format.wav", bytes: wrongFormat.bytes,
        words: ["cannot be read as sound", "Supported are"]),
      Case(
        name: "magic.wav", bytes: wrongMagic.bytes,
        words: ["cannot be read as sound", "Supported are"]),
      Case(
        name: "channels.wav", bytes: noChannels.bytes,
        words: ["cannot be read as sound", "Supported are"]),
      Case(
        name: "rate.wav", bytes: noRate.bytes, words: ["cannot be read as sound", "Supported are"]),
      Case(
        name: "text.wav", bytes: Array("this is not sound".utf8),
        words: ["cannot be read as sound", "Supported are"]),
      Case(
        name: "nan.wav", bytes: WAV.floats(notFinite).bytes,
        words: ["sample 1234 of channel 1", "NaN or infinite", "Repair the file"]),
      Case(
        name: "infinite.wav", bytes: WAV.floats(infinite).bytes,
        words: ["sample 1234 of channel 1", "NaN or infinite", "Repair the file"]),
    ]
  }

  @Test("Features: the file, the reason and the remedy are said", arguments: cases)
  func features(_ one: Case) throws {
    let folder = try TemporaryFolder()
    if let bytes = one.bytes { try folder.write(bytes, to: one.name) }
    let before = folder.files
    for output in ["out.npy", "out.csv", "out.png", "out.htk", "out.npz", "folder/", "-"] {
      let run = try Program.run(["features", "mfcc", one.name, "-o", output], in: folder)
      #expect(run.status == 1, "\(output)")
      #expect(run.outputBytes.isEmpty, "\(output)")
      #expect(folder.files == before, "\(output): something half-written is left")
      for word in [one.name] + one.words {
        #expect(run.errors.contains(word), "\(output): '\(word)' is not said")
      }
    }
  }

  @Test("An old output survives a bad input", arguments: ["out.npy", "out.csv", "out.png"])
  func oldOutput(output: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(WAV.tone(count: 4000).bytes.prefix(3044)), to: "bad.wav")
    try folder.write("old", to: output)
    #expect(try Program.run(["features", "mfcc", "bad.wav", "-o", output], in: folder).status == 1)
    #expect(folder.text(output) == "old")
  }

  @Test("Classifying: the same words, the other sounds named, and exit 1")
  func classify() throws {
    let folder = try TemporaryFolder()
    try Trained.copy(to: folder)
    try folder.writeTone(303, to: "good.wav", seed: 99)
    let cases = Self.cases
    for one in cases {
      if let bytes = one.bytes { try folder.write(bytes, to: one.name) }
    }
    for windows in [[], ["--window", "0.2"]] {
      let run = try Program.run(
        ["classify", "model.tenca"] + cases.map(\.name) + ["good.wav", "--json"] + windows,
        in: folder)
      #expect(run.status == 1)
      #expect(run.errors.hasPrefix("\(cases.count) of \(cases.count + 1) failed:\n"))
      let reports = try JSON(run.output)
      #expect(reports.list.count == cases.count + 1)
      for (index, one) in cases.enumerated() {
        let error = reports[index]?["error"]?.text ?? ""
        for word in [one.name] + one.words {
          #expect(error.contains(word), "\(one.name): '\(word)' is not in the report")
          #expect(run.errors.contains(word), "\(one.name): '\(word)' is not said")
        }
      }
      let good = reports[cases.count]
      #expect((good?["label"] ?? good?["windows"]?[0]?["label"])?.text == "low")
    }
  }

  @Test("A file that may not be read is named", .enabled(if: Program.canBeUnprivileged))
  func unreadable() throws {
    let folder = try TemporaryFolder()
    try folder.write(WAV.tone(count: 4000).bytes, to: "closed.wav")
    try folder.protect("closed.wav", mode: 0)
    let run = try Program.runUnprivileged(["features", "mfcc", "closed.wav"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("closed.wav: cannot be read as sound: Permission denied"))
    #expect(run.errors.contains("Check the path and its permissions"))
  }
}
