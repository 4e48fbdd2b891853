import TencaFormats
import Testing

@Suite("Classifiers of rows")
struct RowClassifierTests {
  private func trained() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(120, to: "train.csv", label: "kind")
    try folder.writeBlobs(60, to: "test.csv", seed: 2, label: "kind")
    let run = try Program.run(
      ["train", "classifier", "train.csv", "--rows", "--label", "kind", "-o", "m.tenca"],
      in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("m.tenca: 3 classes, 120 rows of 2 columns"))
    return folder
  }

  @Test("Unseen rows are named, and every figure of their evaluation adds up")
  func evaluating() throws {
    let folder = try trained()
    let run = try Program.run(
      ["evaluate", "m.tenca", "test.csv", "--json", "--picture", "confusion.png"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["accuracy"] == .number(1))
    #expect(report["labels"]?.texts == ["a", "b", "c"])
    #expect(report["total"] == .number(60))
    #expect(report["verdicts"]?[4]?["name"] == .text("row 5"))
    #expect(folder.bytes("confusion.png").count > 1000)

    try folder.writeBlobs(6, to: "new.csv", seed: 3)
    let names = try Program.run(["classify", "m.tenca", "new.csv", "--csv"], in: folder)
    let table = try names.table()
    #expect(try table.column("label") == ["a", "b", "c", "a", "b", "c"])
    #expect(try table.column("file")[2] == "new.csv, row 3")
  }

  @Test("A batch goes on past a bad table")
  func batch() throws {
    let folder = try trained()
    try folder.write("x\n1\n", to: "bad.csv")
    let run = try Program.run(["classify", "m.tenca", "bad.csv", "test.csv"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("1 of 2 failed:\n  bad.csv has no column 'y'"))
    #expect(run.outputLines.count == 61)
  }

  @Test("A model says what it is")
  func inspecting() throws {
    let folder = try trained()
    let text = try Program.run(["inspect", "m.tenca"], in: folder)
    #expect(
      text.output.contains("classifier of rows, one Gaussian mixture a class, full covariance"))
    let report = try JSON(try Program.run(["inspect", "m.tenca", "--json"], in: folder).output)
    #expect(report["kind"] == .text("row-classifier"))
    #expect(report["label"] == .text("kind"))
    #expect(report["classes"]?[0]?["rows"] == .number(40))
    #expect(report["classes"]?[0]?["prior"]?.number.map { abs($0 - 1 / 3) < 1e-12 } == true)
  }

  @Test("Cross-validation judges every row once")
  func crossValidating() throws {
    let folder = try trained()
    let run = try Program.run(
      [
        "evaluate", "--cross-validate", "5", "train.csv", "--rows", "--label", "kind",
        "--components", "2", "--covariance", "diagonal", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["total"] == .number(120))
    #expect(report["folds"]?.list.count == 5)
    let names = try #require(report["verdicts"]).list.compactMap { $0["name"]?.text }
    #expect(Set(names).count == 120)
  }

  @Test("A class of one row is learned with what it has, and that is said")
  func smallClass() throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(60, to: "train.csv", label: "kind")
    try folder.write(folder.text("train.csv") + "40,40,rare\n", to: "train.csv")
    let run = try Program.run(
      [
        "train", "classifier", "train.csv", "--rows", "--label", "kind", "--components", "2", "-o",
        "m.tenca",
      ], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("class 'rare': 1 rows are too few for 2 components"))
    try folder.write("x,y\n40,40\n", to: "new.csv")
    let names = try Program.run(["classify", "m.tenca", "new.csv", "--json"], in: folder)
    #expect(try JSON(names.output)[0]?["label"] == .text("rare"))
  }

  @Test(
    "Impossible options are usage errors",
    arguments: [
      ["--rows"], ["--label", "kind"], ["--rows", "--label", "kind", "--tune"],
      ["--rows", "--label", "kind", "--model", "gmm-ubm"], ["--covariance", "full"],
    ])
  func impossible(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(9, to: "rows.csv", label: "kind")
    let run = try Program.run(
      ["train", "classifier", "rows.csv", "-o", "m.tenca"] + arguments, in: folder)
    #expect(run.status == 64, "\(run.errors)")
  }

  @Test("Labels that are not there are named")
  func missingLabel() throws {
    let folder = try trained()
    let training = try Program.run(
      ["train", "classifier", "train.csv", "--rows", "--label", "sort", "-o", "x.tenca"],
      in: folder)
    #expect(training.status == 1)
    #expect(
      training.errors.contains("train.csv has no column 'sort'. Its columns are: x, y, kind."))
    try folder.write("x,y,kind\n1,2,d\n", to: "strange.csv")
    let judging = try Program.run(["evaluate", "m.tenca", "strange.csv"], in: folder)
    #expect(judging.status == 1)
    #expect(judging.errors.contains("'d'"))
  }
}
