import TencaFormats
import TencaNumerics
import Testing

@Suite("Hidden states in continuous time")
struct ContinuousTimeTests {
  private static let train = [
    "train", "hmm", "s.csv", "-k", "2", "--columns", "x", "--time", "t", "--continuous-time",
    "--restarts", "2", "--json", "-o", "m.tenca",
  ]

  private func generator(_ report: JSON) throws -> [[Double]] {
    try #require(report["steps"]?["generator"]).list.map(\.numbers)
  }

  @Test("Rates are found, kept, and used for every question")
  func pipeline() throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(900, to: "s.csv")
    let run = try Program.run(Self.train + ["--standard-errors", "information"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["steps"]?["kind"] == .text("continuous-time"))
    #expect(report["steps"]?["columns"]?.texts == ["t"])
    #expect(report["steps"]?["usualGap"] == .number(1))
    // The truth, within four standard errors.
    let rates = report["estimates"]!.list.filter { $0["parameter"] == .text("rate") }
    #expect(rates.count == 2)
    for (rate, truth) in zip(rates, [0.2, 0.4]) {
      let error = try #require(rate["standardError"]?.number)
      #expect(error < 0.06 && abs(rate["value"]!.number! - truth) < 4 * error, "\(rate)")
    }
    let q = try generator(report)
    #expect(q[0][1] == rates[0]["value"]!.number && q[1][0] == rates[1]["value"]!.number)
    let lasts = report["steps"]!["expectedDurations"]!.numbers
    #expect(abs(lasts[0] * q[0][1] - 1) < 1e-12 && abs(lasts[1] * q[1][0] - 1) < 1e-12)
    #expect(report["training"]?["restarts"]?.list.last?["start"] == .text("quasi-Newton"))
    #expect(try Program.run(["inspect", "m.tenca", "--json"], in: folder).output == run.output)
    let words = try Program.run(["inspect", "m.tenca"], in: folder).output
    #expect(words.contains("in continuous time by 't'") && words.contains("rates"))
    #expect(words.contains("standard errors (information)"))

    let truth = try CSVTable(path: "\(folder.path)/s.csv").column("state")
    for method in ["viterbi", "filtered", "smoothed", "fixed-lag:2", "k-best:1"] {
      let run = try Program.run(["decode", "m.tenca", "s.csv", "--method", method], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let states = try run.table().column("state")
      #expect(zip(states, truth).count { ($0 == "1") == ($1 == "high") } > 870)
    }
    let total = try Program.run(["score", "m.tenca", "s.csv"], in: folder).table()
      .numbers("logLikelihood")[0]
    #expect(abs(total - report["training"]!["logLikelihood"]!.number!) < 1e-6)
    let residuals = try Program.run(["score", "m.tenca", "s.csv", "--residuals"], in: folder)
      .table().numbers("residual(x)")
    #expect(residuals.count == 900 && abs(residuals.reduce(0, +) / 900) < 0.15)
  }

  @Test("A forecast follows the rates over the step that it is given, or the usual one")
  func forecast() throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(300, to: "s.csv")
    let report = try JSON(Program.run(Self.train, in: folder).output)
    let q = try generator(report)
    let last = try #require(
      try Program.run(["decode", "m.tenca", "s.csv", "--method", "filtered"], in: folder).table()
        .numbers("p(1)").last)
    for (extra, gap) in [([], 1.0), (["--step-size", "2.5"], 2.5)] {
      let run = try Program.run(
        ["forecast", "m.tenca", "s.csv", "--steps", "4", "--json"] + extra, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let forecast = try #require(try JSON(run.output).list.first)
      #expect(forecast["stepSize"] == .number(gap))
      // Of two states in closed form.
      let (sum, share) = (q[0][1] + q[1][0], q[0][1] / (q[0][1] + q[1][0]))
      for (row, step) in forecast["steps"]!.list.enumerated() {
        let expected = share + (last - share) * exponential(-sum * gap * Double(row + 1))
        #expect(abs(step["states"]!.numbers[1] - expected) < 1e-10)
      }
    }
  }

  @Test("A sample has the usual gap between its rows, and can be asked about")
  func sample() throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(300, to: "s.csv")
    _ = try Program.run(Self.train, in: folder)
    let run = try Program.run(
      ["sample", "m.tenca", "--length", "40", "-o", "drawn.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let drawn = try CSVTable(path: "\(folder.path)/drawn.csv")
    #expect(drawn.columns == ["x", "t", "state"])
    #expect(try drawn.numbers("t") == (0..<40).map(Double.init))
    #expect(try Program.run(["score", "m.tenca", "drawn.csv"], in: folder).status == 0)
  }

  @Test("Rows that are added later leave filtered probabilities as they were, to the bit")
  func causal() throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(300, to: "s.csv")
    _ = try Program.run(Self.train, in: folder)
    try folder.writeUneven(300, to: "early.csv", rows: 140)
    let all = try Program.run(
      ["decode", "m.tenca", "s.csv", "--method", "filtered"], in: folder)
    let early = try Program.run(
      ["decode", "m.tenca", "early.csv", "--method", "filtered"], in: folder)
    #expect(early.outputLines.count == 141)
    #expect(all.outputLines.prefix(141) == early.outputLines[...])
  }

  @Test("Dates are days, and the column may have another name in other data")
  func dates() throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(300, to: "s.csv")
    let numbers = try JSON(Program.run(Self.train, in: folder).output)
    let decoded = try Program.run(["decode", "m.tenca", "s.csv"], in: folder).table()
      .column("state")
    try folder.writeUneven(300, to: "s.csv", dates: true)
    #expect(folder.text("s.csv").contains("T12:00:00"))
    let run = try Program.run(Self.train, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try JSON(run.output)["steps"] == numbers["steps"])
    try folder.write(folder.text("s.csv").replacing("t,x", with: "day,x"), to: "other.csv")
    let other = try Program.run(
      ["decode", "m.tenca", "other.csv", "--time", "day"], in: folder)
    #expect(other.status == 0, "\(other.errors)")
    #expect(try other.table().column("state") == decoded)
    let lost = try Program.run(["decode", "m.tenca", "other.csv"], in: folder)
    #expect(lost.status != 0 && lost.errors.contains("'t'"), "\(lost.errors)")
  }

  @Test("Sequences may be groups, or the files of a folder, in any order")
  func sequences() throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(300, to: "s.csv", group: true)
    let grouped = try Program.run(Self.train + ["--group", "id"], in: folder)
    #expect(grouped.status == 0, "\(grouped.errors)")
    let lines = folder.text("s.csv").split(separator: "\n")
    for (name, id) in [("a", "three"), ("b", "one"), ("c", "two")] {
      let own = lines.filter { $0.hasPrefix(id + ",") }
      try folder.write(
        ([lines[0]] + own).joined(separator: "\n") + "\n", to: "parts/\(name).csv")
    }
    let parts = try Program.run(
      Self.train.map { $0 == "s.csv" ? "parts" : $0 }, in: folder)
    #expect(parts.status == 0, "\(parts.errors)")
    let (one, other) = (try JSON(grouped.output), try JSON(parts.output))
    #expect(one["steps"] == other["steps"] && one["states"] == other["states"])
    #expect(one["training"]?["logLikelihood"] == other["training"]?["logLikelihood"])
    let forecast = try Program.run(
      ["forecast", "m.tenca", "parts", "--steps", "2"], in: folder)
    #expect(try forecast.table().rows.count == 6)
  }

  @Test("Rates may be written down: evenly spaced, they are an ordinary chain")
  func written() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(80, to: "s.csv")
    let emission =
      #""emission": {"kind": "gaussian", "means": [[0], [6]], "variances": [1, 1]}, "columns": ["x"]"#
    try folder.write(
      #"{"initial": [0.5, 0.5], "rates": [[0, 0.1], [0.3, 0]], "time": "t", \#(emission)}"#,
      to: "timed.json")
    // Rows are 0.5 apart: e^(Q/2) in closed form.
    let kept = exponential(-0.4 * 0.5)
    let (up, down) = (0.25 * (1 - kept), 0.75 * (1 - kept))
    try folder.write(
      """
      {"initial": [0.5, 0.5], "transition": [[\(1 - up), \(up)], [\(down), \(1 - down)]], \(emission)}
      """, to: "plain.json")
    func smoothed(_ model: String) throws -> [Double] {
      let run = try Program.run(["decode", model, "s.csv", "--method", "smoothed"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      return try run.table().numbers("p(1)")
    }
    for (one, other) in zip(try smoothed("timed.json"), try smoothed("plain.json")) {
      #expect(abs(one - other) < 1e-12)
    }
    let words = try Program.run(["inspect", "timed.json"], in: folder)
    #expect(words.status == 0 && words.output.contains("10.0000"), "\(words.output)")
  }

  @Test("Times that are none, or descend, are named by their row")
  func badTimes() throws {
    let folder = try TemporaryFolder()
    for (text, problem) in [
      ("t,x\n1,0\n2,1\n1.5,3\n", "row 3 of column 't' is '1.5', before '2'"),
      ("t,x\n1,0\n,1\n3,3\n", "row 2 of column 't' is empty"),
      ("t,x\n1,0\n2,1\nnoon,3\n", "row 3 of column 't' is 'noon', no finite number"),
      (
        "t,x\n2020-01-05,0\n2020-01-06,1\nlater,3\n",
        "row 3 of column 't' is 'later', no date like the others"
      ),
      ("t,x\n01/02/2020,0\n01/02/2020,1\n", "day or the month comes first"),
    ] {
      try folder.write(text, to: "s.csv")
      let run = try Program.run(Self.train, in: folder)
      #expect(run.status != 0 && run.errors.contains(problem), "\(run.errors)")
    }
    try folder.write("id,t,x\na,5,0\nb,1,1\na,4,2\nb,2,0\n", to: "s.csv")
    let run = try Program.run(Self.train + ["--group", "id"], in: folder)
    #expect(run.errors.contains("sequence 'a', row 2 of column 't'"), "\(run.errors)")
  }

  @Test(
    "What does not go with it is refused",
    arguments: [
      (["--durations", "poisson"], "--continuous-time does not go with --durations"),
      (["--start", "stationary"], "--continuous-time does not go with --start stationary"),
      (["--pseudocount", "1"], "--continuous-time does not go with --pseudocount"),
      (["--training", "viterbi"], "--continuous-time does not go with --training viterbi"),
      (["--covariates", "x"], "--continuous-time does not go with --covariates"),
    ])
  func refused(extra: [String], problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(60, to: "s.csv")
    let run = try Program.run(Self.train + extra, in: folder)
    #expect(run.status == 64 && run.errors.contains(problem), "\(run.errors)")
  }

  @Test("It needs named columns of a table, one number of states, and times")
  func inputs() throws {
    let folder = try TemporaryFolder()
    try folder.writeUneven(60, to: "s.csv")
    try folder.writeTone(900, to: "a.wav")
    try NPY.write(NDArray<Double>(rows: [[1], [2]]), to: "\(folder.path)/s.npy")
    let rest = ["--restarts", "1", "-o", "m.tenca"]
    for (arguments, problem) in [
      (["s.csv", "-k", "2", "--continuous-time"], "needs the column of times"),
      (["s.csv", "--select", "1...2", "--continuous-time", "--time", "t"], "--select"),
      (["s.npy", "-k", "2", "--continuous-time", "--time", "t"], "NPY file has no named"),
      (["a.wav", "-k", "2", "--continuous-time", "--time", "t"], "is sound"),
    ] {
      let run = try Program.run(["train", "hmm"] + arguments + rest, in: folder)
      #expect(run.status != 0 && run.errors.contains(problem), "\(run.errors)")
    }
    _ = try Program.run(
      ["train", "hmm", "s.csv", "-k", "2", "--columns", "x"] + rest, in: folder)
    let forecast = try Program.run(
      ["forecast", "m.tenca", "s.csv", "--step-size", "2"], in: folder)
    #expect(
      forecast.status == 64 && forecast.errors.contains("--step-size is for models in continuous"))
  }
}
