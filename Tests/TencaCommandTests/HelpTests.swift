import Testing

@Suite("Help")
struct HelpTests {
  /// The commands on sounds.
  static let onSounds: [[String]] = [
    [], ["features"], ["features", "mfcc"], ["features", "mel"], ["features", "spectrogram"],
    ["features", "energy"], ["features", "descriptors"], ["features", "pitch"], ["train"],
    ["train", "classifier"], ["train", "recognizer"], ["classify"], ["evaluate"], ["recognize"],
    ["align"], ["segment-sound"], ["inspect"], ["invert"],
  ]

  /// The commands on rows, documents and pictures.
  static let onOthers: [[String]] = [
    ["train", "mixture"], ["cluster"], ["score"], ["sample"], ["segment"], ["cluster-text"],
    ["compare-clusters"],
  ]

  /// The commands on sequences.
  static let onSequences: [[String]] = [
    ["train", "hmm"], ["decode"], ["forecast"], ["regimes", "find"], ["regimes", "update"],
  ]

  /// Commands whose examples need more data and time than a test has.
  static let generative = [
    ["train", "vae"], ["train", "features"], ["generate"], ["reconstruct"], ["encode"],
    ["interpolate"], ["traverse"], ["train", "gan"], ["compare"], ["toy"],
    ["toy", "points"], ["toy", "stacked"],
  ]

  @Test(
    "Each command explains itself within 80 columns",
    arguments: onSounds + onSequences + onOthers + generative)
  func help(command: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try Program.run(command + ["--help"], in: folder)
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output.hasPrefix("OVERVIEW: "))
    #expect(run.output.contains("USAGE: " + (["tenca"] + command).joined(separator: " ")))
    for line in run.outputLines { #expect(line.count <= 80, "\(line)") }
    // `tenca help …` is the same.
    #expect(try Program.run(["help"] + command, in: folder).output == run.output)
  }

  @Test("Options stand under titles, the main ones first")
  func titles() throws {
    let folder = try TemporaryFolder()
    let run = try Program.run(["features", "mfcc", "--help"], in: folder)
    let titles = run.outputLines.filter { $0.hasSuffix(":") && $0 == $0.uppercased() }
    #expect(
      titles == [
        "ARGUMENTS:", "MAIN OPTIONS:", "FRAMES:", "MEL FILTERS:", "LOGARITHM:", "CEPSTRA:",
        "LOG ENERGY:", "DERIVATIVES, NORMALISATION, SILENCE:", "OPTIONS:",
      ])
  }

  @Test("The version is a version")
  func version() throws {
    let run = try Program.run(["--version"], in: try TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.split(separator: ".").count == 3)
  }

  @Test(
    "What is not understood is a usage error",
    arguments: [
      ["sing"], ["features", "mfcc"], ["features", "mfcc", "a.wav", "--colour", "red"],
      ["train", "classifier", "data"], ["classify"], ["classify", "model"], ["inspect"],
      ["features", "mfcc", "a.wav", "--edges", "round"],
      ["features", "mel", "a.wav", "--hop", "0"],
      ["features", "mel", "a.wav", "--rate", "-1"], ["features", "mel", "a.wav", "--strict-rate"],
      ["features", "mel", "a.wav", "b.wav"], ["features", "mel", "a.wav", "b.wav", "-o", "c.npy"],
      ["features", "mel", "a.wav", "-o", "c.npy", "--format", "csv"],
    ])
  func usage(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try Program.run(arguments, in: folder)
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.errors.contains("Error: "))
    #expect(run.errors.contains("Usage: tenca"))
    #expect(folder.files == [])
  }

  @Test("Completion scripts are made for each shell", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let run = try Program.run(
      ["--generate-completion-script", shell], in: try TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.contains("spectrogram"))
    #expect(run.output.contains("cross-validate"))
  }

  /// An example with fewer rows, models and draws than a person would take, and one start where ten
  /// are made: that the best is kept is tested elsewhere, and took most of the time here.
  private static func shortened(_ example: some StringProtocol) -> String {
    // Other new rows than those of groups have the same name.
    let changes = [
      "m.tenca new.csv": "m.tenca later.csv", "--walk-forward 1000": "--walk-forward 100",
      "1...6": "1...3", "1...10": "1...4", "--forecast 20": "--forecast 5", "-n 8 ": "-n 2 ",
    ]
    let line = changes.reduce(String(example)) { $0.replacing($1.key, with: $1.value) }
    let hasStarts = ["tenca train hmm ", "tenca regimes prices.csv", "--returns none"]
    return line + (hasStarts.contains { line.contains($0) } ? " --restarts 1" : "")
  }

  @Test("The examples run as they are written")
  func examples() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<3, in: "sounds")
    try folder.writeTones(takes: 0..<3, in: "recordings")
    for (label, hertz) in Tone.classes {
      for (speaker, take) in [("anna", 1), ("ben", 2)] {
        try folder.writeTone(hertz, to: "takes/\(label)_\(speaker)_\(take).wav", seed: take)
      }
    }
    var manifest = "path,label,speaker,split\n"
    for (label, _) in Tone.classes {
      for take in 0..<3 {
        manifest +=
          "../sounds/\(label)/\(take).wav,\(label),s\(take),\(take < 2 ? "train" : "test")\n"
      }
    }
    try folder.write(manifest, to: "digits/manifest.csv")
    try folder.write(manifest, to: "test/manifest.csv")
    for name in ["speech.wav", "new.wav", "a.wav", "b.wav", "in.mp3"] {
      try folder.writeTone(900, to: name.replacing(".mp3", with: ".wav"))
    }
    for name in ["bird.flac", "day.flac"] { try folder.writeTone(900, to: name, seconds: 5) }
    for (name, label) in [
      ("rice.csv", "CLASS"), ("geyser.csv", nil), ("iris.csv", "species"), ("new.csv", nil),
    ] {
      try folder.writeBlobs(60, to: name, columns: ["eruptions", "waiting"], label: label)
    }
    try folder.writeDocuments(to: "posts.csv")
    for name in ["photo.jpg", "field.png"] { try folder.writePhoto(to: name) }
    try folder.writeSeries()
    try folder.writePrices(120, to: "prices.csv")
    try folder.writePrices(140, to: "later.csv")
    for name in ["gnp.csv", "rates.csv"] { try folder.writePrices(90, to: name) }
    try folder.writeTones(takes: 0..<2, in: "birds")
    try folder.writeTone(900, to: "dawn.wav")
    try folder.writeWeather()
    try folder.writeSpelling()
    // Stand-ins for a converter, and for a microphone.
    let helpers = "sox() { cat in.wav; }; arecord() { cat new.wav; }\n"
    var seen: Set<String> = []
    for command in [["train", "classifier"]] + Self.onSounds + Self.onSequences + Self.onOthers {
      let help = try Program.run(command + ["--help"], in: folder).output
      // Examples are indented lines with the program's name; a backslash joins the next line.
      let text = help[..<help.range(of: "USAGE:").lowerBound].replacing("\\\n", with: " ")
      for line in text.split(separator: "\n")
      // What clothes need is downloaded, and AutoencoderCommandTests do the same with shapes. Several
      // commands give the same example.
      where line.hasPrefix("  ") && line.contains("tenca ") && !line.contains("clothes")
        && seen.insert(String(line)).inserted
      {
        let line = Self.shortened(line)
        let run = try Program.shell(helpers + line, in: folder)
        #expect(run.status == 0, "\(line): \(run.errors)")
      }
    }
    #expect(seen.count > 40)
  }
}

extension String {
  /// The place of a text that is there.
  fileprivate func range(of text: String) -> Range<String.Index> { firstRange(of: text)! }
}
