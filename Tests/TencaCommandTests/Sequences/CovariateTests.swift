import TencaFormats
import TencaNumerics
import Testing

@Suite("Hidden states steered by covariates")
struct CovariateTests {
  private static let train = [
    "train", "hmm", "s.csv", "-k", "2", "--columns", "x", "--covariates", "z,w", "--restarts",
    "2", "--json", "-o", "m.tenca",
  ]

  @Test("Slopes are found, kept, and used for every question")
  func pipeline() throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(1000, to: "s.csv")
    let run = try Program.run(Self.train + ["--standard-errors", "robust"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["steps"]?["kind"] == .text("covariates"))
    #expect(report["steps"]?["columns"]?.texts == ["w", "z"])
    #expect(report["standardErrors"] == .text("robust"))
    let slopes = report["estimates"]!.list.filter { $0["parameter"] == .text("step slope") }
    #expect(slopes.count == 4)
    for slope in slopes {
      // The truth, within four standard errors.
      let isUp = slope["state"] == .text("0")
      let truth = slope["column"] == .text("w") ? 0 : isUp ? 2.0 : -2
      let error = try #require(slope["standardError"]?.number)
      #expect(error < 0.8 && abs(slope["value"]!.number! - truth) < 4 * error, "\(slope)")
    }
    #expect(try Program.run(["inspect", "m.tenca", "--json"], in: folder).output == run.output)
    let words = try Program.run(["inspect", "m.tenca"], in: folder).output
    #expect(words.contains("slope(z)") && words.contains("0 to 1"))

    let truth = try CSVTable(path: "\(folder.path)/s.csv").column("state")
    for method in ["viterbi", "filtered", "smoothed", "fixed-lag:2", "k-best:1"] {
      let run = try Program.run(["decode", "m.tenca", "s.csv", "--method", method], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let states = try run.table().column("state")
      #expect(zip(states, truth).count { ($0 == "1") == ($1 == "high") } > 970)
    }
    let total = try Program.run(["score", "m.tenca", "s.csv"], in: folder).table()
      .numbers("logLikelihood")[0]
    #expect(abs(total - report["training"]!["logLikelihood"]!.number!) < 1e-6)
    #expect(try Program.run(["score", "m.tenca", "s.csv", "--residuals"], in: folder).status == 0)
  }

  @Test("The order of columns and of their names tells nothing")
  func order() throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(300, to: "s.csv")
    let one = try Program.run(Self.train, in: folder)
    let bytes = folder.bytes("m.tenca")
    let other = try Program.run(
      Self.train.map { $0 == "z,w" ? "w,z" : $0 } + ["--threads", "2"], in: folder)
    #expect(one.output == other.output && folder.bytes("m.tenca") == bytes)
  }

  @Test("Rows ahead have the covariates of the last row")
  func forecast() throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(300, to: "s.csv")
    let report = try JSON(Program.run(Self.train, in: folder).output)
    let table = try CSVTable(path: "\(folder.path)/s.csv")
    let held = ["w": try table.numbers("w").last!, "z": try table.numbers("z").last!]
    let forecast = try #require(
      try JSON(
        Program.run(["forecast", "m.tenca", "s.csv", "--steps", "2", "--json"], in: folder).output
      ).list.first)
    #expect(forecast["heldCovariates"] == .object(held.mapValues(JSON.number)))
    let last = try #require(
      try Program.run(["decode", "m.tenca", "s.csv", "--method", "filtered"], in: folder).table()
        .numbers("p(1)").last)
    // The chance of leaving each state, by its coefficients.
    let steps = try #require(report["steps"])
    func leaving(_ i: Int) -> Double {
      let slopes = steps["slopes"]!.list[i].list[1 - i].numbers
      let odds = exponential(
        steps["intercepts"]!.list[i].list[1 - i].number! + slopes[0] * held["w"]! + slopes[1]
          * held["z"]!)
      return odds / (1 + odds)
    }
    var share = last
    for step in forecast["steps"]!.list {
      share = share * (1 - leaving(1)) + (1 - share) * leaving(0)
      #expect(abs(step["states"]!.numbers[1] - share) < 1e-10)
    }
  }

  @Test("A sample has the covariates at their means, and can be asked about")
  func sample() throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(300, to: "s.csv")
    let report = try JSON(Program.run(Self.train, in: folder).output)
    let run = try Program.run(["sample", "m.tenca", "-n", "20", "-o", "drawn.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let drawn = try CSVTable(path: "\(folder.path)/drawn.csv")
    #expect(drawn.columns == ["x", "w", "z", "state"])
    let means = try #require(report["steps"]?["means"]).numbers
    #expect(try drawn.numbers("w").allSatisfy { $0 == means[0] })
    #expect(try drawn.numbers("z").allSatisfy { $0 == means[1] })
    let own = try CSVTable(path: "\(folder.path)/s.csv").numbers("z").reduce(0, +) / 300
    #expect(abs(means[1] - own) < 1e-12)
    #expect(try Program.run(["score", "m.tenca", "drawn.csv"], in: folder).status == 0)
  }

  @Test("Rows that are added later leave filtered probabilities as they were, to the bit")
  func causal() throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(300, to: "s.csv")
    _ = try Program.run(Self.train, in: folder)
    try folder.writeSteered(300, to: "early.csv", rows: 140)
    let all = try Program.run(
      ["decode", "m.tenca", "s.csv", "--method", "filtered"], in: folder)
    let early = try Program.run(
      ["decode", "m.tenca", "early.csv", "--method", "filtered"], in: folder)
    #expect(early.outputLines.count == 141)
    #expect(all.outputLines.prefix(141) == early.outputLines[...])
  }

  @Test("States take the order of another model, of the same steps or none")
  func like() throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(300, to: "s.csv")
    _ = try Program.run(Self.train, in: folder)
    let reversed = """
      {"transition": [[0.9, 0.1], [0.1, 0.9]], "columns": ["x"],
       "emission": {"kind": "gaussian", "means": [[6], [0]], "variances": [1, 1]}}
      """
    try folder.write(reversed, to: "reversed.json")
    for (like, isReversed) in [("m.tenca", false), ("reversed.json", true)] {
      let run = try Program.run(Self.train.dropLast() + ["n.tenca", "--like", like], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let means = try JSON(run.output)["states"]!.list.map { $0["mean"]!.numbers[0] }
      #expect((means[0] > means[1]) == isReversed)
    }
  }

  @Test("A cell that is missing is named, in training and in new data")
  func missing() throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(60, to: "s.csv")
    _ = try Program.run(Self.train, in: folder)
    var lines = folder.text("s.csv").split(separator: "\n").map(String.init)
    lines[7] = "," + lines[7].split(separator: ",").dropFirst().joined(separator: ",")
    try folder.write(lines.joined(separator: "\n") + "\n", to: "s.csv")
    for arguments in [Self.train, ["decode", "m.tenca", "s.csv"], ["score", "m.tenca", "s.csv"]] {
      let run = try Program.run(arguments, in: folder)
      #expect(
        run.status != 0 && run.errors.contains("row 7 of column 'z' is empty"), "\(run.errors)")
    }
    try folder.write("x,w\n1,2\n", to: "s.csv")
    let run = try Program.run(["decode", "m.tenca", "s.csv"], in: folder)
    #expect(run.status != 0 && run.errors.contains("'z'"), "\(run.errors)")
  }

  @Test(
    "What does not go with them is refused",
    arguments: [
      (["--durations", "poisson"], "--covariates does not go with --durations"),
      (["--start", "stationary"], "--covariates does not go with --start stationary"),
      (["--pseudocount", "1"], "--covariates does not go with --pseudocount"),
      (["--covariates", "z,z"], "each of them once"),
    ])
  func refused(extra: [String], problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.writeSteered(60, to: "s.csv")
    let run = try Program.run(Self.train + extra, in: folder)
    #expect(run.status == 64 && run.errors.contains(problem), "\(run.errors)")
  }
}
