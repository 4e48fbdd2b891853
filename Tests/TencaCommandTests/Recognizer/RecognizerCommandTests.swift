import Testing

@Suite("Recognisers on the command line")
struct RecognizerCommandTests {
  private func trained() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeSpelling()
    let run = try Program.run(
      [
        "train", "recognizer", "an4/train.csv", "--lexicon", "an4.dic", "-o", "m.tenca",
        "--gaussians", "60", "--rounds", "12",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return folder
  }

  @Test("Letters are spelled, evaluated, aligned and inspected")
  func spelling() throws {
    let folder = try trained()
    let heard = try Program.run(["recognize", "m.tenca", "letters.wav"], in: folder)
    #expect(heard.output == "R U B O U T\n", "\(heard.errors)")
    let report = try JSON(
      try Program.run(["evaluate", "m.tenca", "an4/test.csv", "--json"], in: folder).output)
    #expect(report["wordErrorRate"]?.number.map { $0 < 0.1 } == true)
    #expect(report["sentences"] == .number(3))
    let phones = try JSON(
      try Program.run(["evaluate", "m.tenca", "an4/test.csv", "--phones", "--json"], in: folder)
        .output)
    #expect(phones["phoneErrorRate"]?.number.map { $0 < 0.3 } == true)
    #expect(phones["wordErrorRate"] == nil && phones["phones"]?.number.map { $0 > 6 } == true)
    let aligned = try Program.run(
      ["align", "m.tenca", "letters.wav", "--text", "R U B O U T", "-o", "a.TextGrid"], in: folder)
    #expect(aligned.status == 0, "\(aligned.errors)")
    let grid = folder.text("a.TextGrid")
    #expect(grid.contains("name = \"words\"") && grid.contains("name = \"phones\""))
    #expect(grid.contains("text = \"UW\""))
    #expect(try Program.run(["inspect", "m.tenca"], in: folder).output.contains("monophones"))
    // Against what the recogniser itself hears, whose words have the same times.
    try folder.write("path,text\nletters.wav,R U B O U T\n", to: "letters.csv")
    try folder.write(
      try Program.run(["recognize", "m.tenca", "letters.wav", "--ctm"], in: folder).output,
      to: "letters.ctm")
    let error = try Program.run(
      ["align", "m.tenca", "letters.csv", "--reference", "letters.ctm", "--json"], in: folder)
    #expect(error.status == 0, "\(error.errors)")
    let measured = try JSON(error.output)
    #expect(measured["recordings"] == .number(1) && measured["within50ms"]?.number == 1)
    try folder.write("letters 1 0 1 R\n", to: "other.ctm")
    let other = try Program.run(
      ["align", "m.tenca", "letters.csv", "--reference", "other.ctm"], in: folder)
    #expect(other.status == 1 && other.errors.contains("the reference has none"))
  }

  @Test("Voices that were not recorded are copies with a warped axis")
  func copies() throws {
    let folder = try TemporaryFolder()
    try folder.writeSpelling()
    let run = try Program.run(
      [
        "train", "recognizer", "an4/train.csv", "--lexicon", "an4.dic", "-o", "m.tenca",
        "--gaussians", "60", "--rounds", "8", "--warps", "0.9,1.1", "--project", "0", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    let plain = try JSON(
      try Program.run(
        [
          "train", "recognizer", "an4/train.csv", "--lexicon", "an4.dic", "-o", "m.tenca",
          "--gaussians", "60", "--rounds", "2", "--project", "0", "--json",
        ], in: folder
      ).output)
    // Copies are learned from, and are no recordings.
    let (copied, own) = (report["training"]!, plain["training"]!)
    #expect(copied["recordings"] == own["recordings"])
    #expect(copied["frames"]!.number! == 3 * own["frames"]!.number!)
  }

  @Test("Times come as CTM, SRT, TextGrid and JSON; a live pipe hears the same")
  func formats() throws {
    let folder = try trained()
    func run(_ arguments: String...) throws -> String {
      let run = try Program.run(["recognize", "m.tenca", "letters.wav"] + arguments, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      return run.output
    }
    #expect(try run("--ctm").split(separator: "\n").count == 6)
    #expect(try run("--srt").contains("--> 00:00:0"))
    #expect(try run("--textgrid").hasPrefix("File type = \"ooTextFile\""))
    let words = try #require(try JSON(try run("--json"))[0]?["words"]).list
    #expect(words.compactMap { $0["word"]?.text } == ["R", "U", "B", "O", "U", "T"])
    #expect(try run("--grammar", "spelling.jsgf") == "R U B O U T\n")
    #expect(try run("--lattice", "l.slf") == "R U B O U T\n")
    let lattice = folder.text("l.slf").split(separator: "\n")
    #expect(lattice[0] == "VERSION=1.0")
    #expect(lattice.contains { $0.hasPrefix("J=") && $0.contains("W=B ") && $0.contains(" p=") })
    #expect(try run("--words", "R U") != "R U B O U T\n")
    let live = try Program.shell("cat letters.wav | tenca recognize m.tenca -", in: folder)
    #expect(live.status == 0 && live.output.hasPrefix("R U B O"), "\(live.output) \(live.errors)")
  }

  @Test(
    "What is wrong is named",
    arguments: [
      (["recognize", "m.tenca", "no.wav"], 1, "no.wav"),
      (["recognize", "m.tenca", "letters.wav", "--grammar", "bad.jsgf"], 1, "bad.jsgf"),
      (["recognize", "m.tenca", "letters.wav", "--words", "R Q"], 1, "'Q'"),
      (["recognize", "m.tenca", "letters.wav", "--words", "R", "--arpa", "x"], 64, "exclude"),
      (["align", "m.tenca", "letters.wav", "--text", "R Q"], 1, "'Q'"),
      (["align", "m.tenca", "letters.wav"], 64, "--text"),
      (["train", "recognizer", "an4/train.csv", "-o", "x.tenca"], 64, "--lexicon"),
      (["train", "recognizer", "empty.csv", "--units", "words", "-o", "x.tenca"], 1, "row 2"),
      (["recognize", "an4.dic", "letters.wav"], 1, "not a model"),
      (["evaluate", "m.tenca", "an4/test.csv", "--phones", "--words", "R"], 64, "--phones"),
      (
        [
          "train", "recognizer", "an4/train.csv", "--units", "words", "-o", "x.tenca", "--splice",
          "99",
        ],
        64, "--splice"
      ),
    ])
  func badInput(arguments: [String], status: Int, words: String) throws {
    let folder = try trained()
    try folder.write("#JSGF V1.0;\ngrammar g;\npublic <g> = ( a | ;\n", to: "bad.jsgf")
    try folder.write("path,text\nletters.wav,\n", to: "empty.csv")
    let run = try Program.run(arguments, in: folder)
    #expect(Int(run.status) == status)
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(!folder.files.contains("x.tenca"))
  }

  @Test("A long sound is cut by its classes")
  func segmenting() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<4, in: "sounds")
    #expect(
      try Program.run(
        ["train", "classifier", "sounds", "-o", "s.tenca", "--model", "gmm", "--components", "1"],
        in: folder
      ).status == 0)
    try folder.writeTone(Tone.classes[0].value, to: "long.wav", seconds: 3)
    let run = try Program.run(["segment-sound", "s.tenca", "long.wav", "--json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let segments = try #require(try JSON(run.output)["segments"]).list
    #expect(segments.compactMap { $0["label"]?.text } == [Tone.classes[0].key])
    let wrong = try Program.run(
      ["segment-sound", "s.tenca", "long.wav", "--change", "2"], in: folder)
    #expect(wrong.status == 64)
  }
}
