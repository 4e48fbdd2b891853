import FoundationEssentials
import TencaFormats
import Testing

@Suite("tenca evaluate")
struct EvaluateTests {
  /// The model, and recordings of two speakers that it has not learned from.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Trained.copy(to: folder)
    try folder.writeTones(takes: 20..<24)
    var manifest = ["path,label,speaker,split"]
    for (label, _) in Tone.classes {
      for take in 20..<24 {
        let (speaker, split) = take % 2 == 0 ? ("anna", "test") : ("ben", "train")
        manifest.append("tones/\(label)/\(take).wav,\(label),\(speaker),\(split)")
      }
    }
    try folder.write(manifest.joined(separator: "\n") + "\n", to: "manifest.csv")
    return folder
  }

  @Test("A model is measured on a split: text, JSON, CSV and a picture")
  func model() throws {
    let folder = try folder()
    let arguments = ["evaluate", "model.tenca", "manifest.csv", "--split", "test"]
    let text = try Program.run(arguments + ["--picture", "confusion.png"], in: folder)
    #expect(text.status == 0 && text.errors == "")
    #expect(text.output.hasPrefix("accuracy 100.0%  (6 of 6, 95% interval 61.0% to 100.0%)\n"))
    #expect(folder.bytes("confusion.png").starts(with: [0x89, 0x50]))

    let report = try JSON(try Program.run(arguments + ["--json"], in: folder).output)
    #expect(report["accuracy"] == .number(1))
    #expect(report["correct"] == .number(6))
    #expect(report["total"] == .number(6))
    #expect(report["labels"]?.texts == ["high", "low", "middle"])
    #expect(report["confusion"]?.list.map(\.numbers) == [[2, 0, 0], [0, 2, 0], [0, 0, 2]])
    #expect(report["rejected"]?.numbers == [0, 0, 0])
    #expect(report["recall"]?.numbers == [1, 1, 1])
    #expect(report["failures"]?.list == [])
    #expect(report["folds"] == nil)
    let verdicts = try #require(report["verdicts"]).list
    #expect(verdicts.count == 6)
    #expect(verdicts[0].keys == ["name", "actual", "predicted", "probability"])

    let csv = try Program.run(arguments + ["--csv"], in: folder)
    try folder.write(csv.outputBytes, to: "out.csv")
    let table = try CSVTable(path: folder.path + "/out.csv")
    #expect(table.columns == ["file", "actual", "predicted", "probability", "error"])
    #expect(try table.column("actual") == table.column("predicted"))
  }

  @Test("Mistakes, rejections and failures are counted apart")
  func mistakes() throws {
    let folder = try folder()
    // Two middle tones among the low ones, and one that cannot be read.
    for take in 30..<32 { try folder.writeTone(900, to: "tones/low/\(take).wav", seed: take) }
    try folder.write("not sound", to: "tones/high/bad.wav")
    let arguments = ["evaluate", "model.tenca", "tones"]
    let run = try Program.run(arguments + ["--json"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("1 of 15 failed:\n  tones/high/bad.wav: "))
    let report = try JSON(run.output)
    #expect(report["correct"] == .number(12))
    #expect(report["total"] == .number(14))
    #expect(report["confusion"]?[1]?.numbers == [0, 4, 2])
    #expect(report["failures"]?[0]?["name"] == .text("high/bad.wav"))
    let text = try Program.run(arguments, in: folder)
    #expect(text.output.contains("middle 2"))
    try Trained.copyDoubter(to: folder)
    let doubt = try JSON(
      try Program.run(
        ["evaluate", "doubter.tenca", "tones", "--json", "--reject-below", "0.9"], in: folder
      ).output)
    #expect(doubt["rejected"]?.numbers == [4, 6, 4])
    #expect(doubt["correct"] == .number(0))
    #expect(doubt["total"] == .number(14))
    #expect(doubt["verdicts"]?[0]?["predicted"] == .null)
  }

  @Test("Options are cross-validated by a column, and in parts", arguments: ["speaker", "2"])
  func crossValidation(parts: String) throws {
    let folder = try folder()
    let arguments = [
      "evaluate", "--cross-validate", parts, "manifest.csv", "--model", "gmm", "--components", "1",
    ]
    let run = try Program.run(
      arguments + ["--json", "--picture", "confusion.svg", "--threads", "2"], in: folder)
    #expect(run.status == 0 && run.errors == "")
    let report = try JSON(run.output)
    #expect(report["accuracy"] == .number(1))
    #expect(report["total"] == .number(12))
    let folds = try #require(report["folds"]).list
    #expect(
      folds.map { $0["name"]?.text } == (parts == "2" ? ["1", "2"] : ["anna", "ben"]))
    #expect(folds.allSatisfy { $0["accuracy"] == .number(1) && $0["total"] == .number(6) })
    #expect(folds.allSatisfy { $0["correct"] == .number(6) })
    #expect(folder.text("confusion.svg").contains("</svg>"))
    #expect(
      try Program.run(arguments + ["--json", "--threads", "1"], in: folder).output == run.output)
    let text = try Program.run(arguments, in: folder)
    #expect(text.output.contains("left out"))
  }

  @Test("What cannot be evaluated is refused, and why")
  func refusals() throws {
    let folder = try folder()
    try folder.writeTone(300, to: "strange/purple/1.wav")
    try folder.writeTone(300, to: "strange/low/1.wav")
    for (arguments, words) in [
      (
        ["model.tenca", "strange"], ["labels 'purple' are not among the model's", "'high', 'low'"]
      ),
      (["model.tenca", "manifest.csv", "--split", "dev"], ["no recording has 'dev'", "'test'"]),
      (["model.tenca", "nowhere"], ["nowhere: no such file or folder"]),
      (["--cross-validate", "room", "manifest.csv"], ["no column 'room'", "'speaker'"]),
      (["--cross-validate", "label", "manifest.csv"], ["without part 'high'", "class 'high'"]),
      (["--cross-validate", "99", "manifest.csv"], ["99 parts of 12 recordings"]),
      (["--cross-validate", "1", "manifest.csv"], ["1 parts of 12 recordings"]),
      (
        ["--cross-validate", "split", "manifest.csv", "--split", "test"],
        ["column 'split' is 'test' everywhere"]
      ),
    ] {
      let run = try Program.run(["evaluate"] + arguments, in: folder)
      #expect(run.status == 1, "\(arguments)")
      #expect(run.output == "")
      for word in words { #expect(run.errors.contains(word), "\(arguments): \(run.errors)") }
    }
  }

  @Test(
    "Wrong usage exits with 64",
    arguments: [
      ["model.tenca"], ["model.tenca", "tones", "more"],
      ["--cross-validate", "2", "model.tenca", "tones"],
      ["model.tenca", "tones", "--components", "3"],
      ["model.tenca", "tones", "--mels", "30"], ["model.tenca", "tones", "--reject-below", "-1"],
      ["model.tenca", "tones", "--json", "--csv"],
    ])
  func usage(arguments: [String]) throws {
    let run = try Program.run(["evaluate"] + arguments, in: try folder())
    #expect(run.status == 64)
    #expect(run.errors.contains("Usage: tenca evaluate"))
  }

  @Test("Spoken digits of voices never heard are told apart")
  func digits() throws {
    // Three words by all voices, from the corpus in the repository.
    let corpus =
      #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
      + "/corpora/spoken-digits"
    let manifest = try CSVTable(path: corpus + "/manifest.csv")
    let rows = manifest.rows.filter { ["one", "six", "nine"].contains($0[1]) }
    #expect(rows.count > 100)
    let folder = try TemporaryFolder()
    try folder.write(
      ([manifest.columns] + rows.map { ["\(corpus)/\($0[0])"] + $0.dropFirst() })
        .map { $0.joined(separator: ",") + "\n" }.joined(), to: "digits.csv")
    let trained = try Program.run(
      ["train", "classifier", "digits.csv", "--split", "train", "-o", "digits.tenca"], in: folder)
    #expect(trained.status == 0)
    let run = try Program.run(
      ["evaluate", "digits.tenca", "digits.csv", "--split", "test", "--json"], in: folder)
    #expect(run.status == 0)
    let accuracy = try #require(try JSON(run.output)["accuracy"]?.number)
    #expect(accuracy >= 0.9)
  }
}
