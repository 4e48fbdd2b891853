import Testing

@Suite("Outputs that cannot be written")
struct OutputTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Trained.copy(to: folder)
    try folder.writeTone(440, to: "a.wav", seconds: 6)
    try folder.writeTones(takes: 0..<3)
    try folder.write("a file", to: "file")
    return folder
  }

  /// Every command that writes a file, with the place still to be named.
  static let writers: [[String]] = [
    ["features", "mel", "a.wav", "-o"], ["train", "classifier", "tones", "-o"],
    ["classify", "model.tenca", "a.wav", "--picture"],
    ["evaluate", "model.tenca", "tones", "--picture"],
  ]

  private func ending(_ arguments: [String]) -> String {
    arguments[0] == "features" ? "x.npy" : arguments[0] == "train" ? "x.tenca" : "x.png"
  }

  @Test("A place below a file is refused before the work", arguments: writers)
  func belowFile(arguments: [String]) throws {
    let folder = try folder()
    let before = folder.files
    let place = "file/" + ending(arguments)
    let run = try Program.run(arguments + [place], in: folder)
    #expect(run.status == 1)
    #expect(run.output == "")
    #expect(run.errors.contains("cannot write \(place)"))
    #expect(run.errors.contains("Choose another place"))
    #expect(folder.files == before)
  }

  @Test("A folder in the place of a file is refused before the work")
  func folderInPlace() throws {
    let folder = try folder()
    let before = folder.files
    let run = try Program.run(["train", "classifier", "tones", "-o", "tones"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot write tones: it is a folder"))
    #expect(folder.files == before)
  }

  @Test(
    "A folder without permission is refused before the work",
    .enabled(if: Program.canBeUnprivileged),
    arguments: writers)
  func noPermission(arguments: [String]) throws {
    let folder = try folder()
    try folder.write("old", to: "closed/old")
    try folder.protect("closed", mode: 0o555)
    let before = folder.files
    let place = "closed/" + ending(arguments)
    let run = try Program.runUnprivileged(arguments + [place], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot write \(place): closed: Permission denied"))
    #expect(folder.files == before)
  }

  @Test(
    "Pictures of unknown formats are refused before the work", arguments: ["x", "x.gif", "x.npy"])
  func unknownPicture(name: String) throws {
    let folder = try folder()
    for arguments in Self.writers.suffix(2) {
      let run = try Program.run(arguments + [name], in: folder)
      #expect(run.status == 1)
      #expect(run.errors.contains("cannot tell the picture format of \(name)"))
      #expect(run.errors.contains(".png, .svg, .pdf"))
      #expect(run.output == "")
    }
  }

  @Test(
    "A full standard output is said",
    arguments: [
      ["features", "mel", "a.wav"], ["features", "mel", "a.wav", "--format", "npy"],
      ["features", "mel", "tones", "--format", "ark"], ["classify", "model.tenca", "tones"],
      ["classify", "model.tenca", "tones", "--csv"],
      ["evaluate", "model.tenca", "tones", "--json"],
      ["inspect", "model.tenca"],
    ])
  func fullOutput(arguments: [String]) throws {
    let run = try Program.run(arguments, in: try folder(), output: "/dev/full")
    #expect(run.status == 1)
    #expect(
      run.errors.contains("cannot write to standard output: No space left on device. Free space"))
  }

  @Test("A reader that goes away ends the program quietly, as it ends every filter")
  func closedPipe() throws {
    let run = try Program.shell(
      "tenca features mel a.wav | head -n 1; echo ${PIPESTATUS[0]}", in: try folder())
    #expect(run.outputLines.count == 2)
    #expect(run.outputLines.last == "141")
    #expect(run.errors == "")
  }

  @Test(
    "A disk that fills up leaves the old file and nothing else",
    arguments: [
      ["features", "mel", "a.wav", "-o", "old.npy"], ["features", "mel", "a.wav", "-o", "old.csv"],
      ["features", "mel", "a.wav", "-o", "old.htk"], ["features", "mel", "a.wav", "-o", "old.png"],
      ["features", "mel", "a.wav", "-o", "old.svg"],
      ["features", "mel", "tones", "a.wav", "-o", "old.npz"],
      ["features", "mel", "tones", "a.wav", "-o", "old.ark"],
      ["train", "classifier", "tones", "--components", "16", "-o", "old.tenca"],
      ["evaluate", "model.tenca", "tones", "--picture", "old.png"],
    ])
  func fullDisk(arguments: [String]) throws {
    let folder = try folder()
    let name = arguments.last!
    try folder.write("old", to: name)
    let before = folder.files
    // No file of this shell and its children may grow beyond 8 KiB.
    let line = arguments.joined(separator: " ")
    let run = try Program.shell("ulimit -f 8; tenca \(line)", in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("File too large"))
    #expect(folder.text(name) == "old")
    #expect(folder.files == before)
  }
}
