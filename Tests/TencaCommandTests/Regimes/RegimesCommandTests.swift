import TencaFormats
import TencaNumerics
import Testing

@Suite("Regimes of a series")
struct RegimesCommandTests {
  @Test("A file of prices becomes calm and storm, in words and in JSON")
  func report() throws {
    let folder = try TemporaryFolder()
    try folder.writePrices(360, to: "p.csv")
    let arguments = ["regimes", "p.csv", "--restarts", "4", "--forecast", "3"]
    let words = try Program.run(arguments, in: folder)
    #expect(words.status == 0, "\(words.errors)")
    for part in ["calm", "storm", "log-likelihood", "now  ", "value at risk", "price 5%"] {
      #expect(words.output.contains(part), "\(part)")
    }
    let run = try Program.run(arguments + ["--json"], in: folder)
    let report = try JSON(run.output)
    for key in ["logLikelihood", "aic", "bic"] { #expect(report[key]?.number != nil, "\(key)") }
    #expect(report["observations"] == .number(359))
    #expect(report["lastDate"] == .text("2020-12-25"))
    let regimes = try #require(report["regimes"]).list
    #expect(regimes.map { $0["label"]?.text } == ["calm", "storm"])
    for (regime, sigma) in zip(regimes, [0.008, 0.03]) {
      #expect(abs(regime["sigma"]!.number! / sigma - 1) < 0.15)
      #expect(abs(regime["expectedDuration"]!.number! - 60) < 40)
      #expect(abs(regime["share"]!.number! - 0.5) < 0.1)
      #expect(regime["mean"]?.number != nil)
      #expect(regime["standardErrors"]?["mean"]?.number != nil)
      #expect(regime["standardErrors"]?["sigma"]?.number != nil)
    }
    let matrix = try #require(report["transitionMatrix"]).list
    for row in matrix { #expect(abs(row.numbers.reduce(0, +) - 1) < 1e-12) }
    #expect(abs(report["probabilities"]!.numbers.reduce(0, +) - 1) < 1e-12)
    #expect(report["forecast"]?["steps"]?.list.count == 3)
    // Threads change nothing.
    for threads in ["1", "3"] {
      #expect(
        try Program.run(arguments + ["--json", "--threads", threads], in: folder).output
          == run.output)
    }
    // And standard input is as good as a file, but for its name.
    let stream = try Program.shell(
      "cat p.csv | tenca regimes - --restarts 4 --forecast 3 --json", in: folder)
    #expect(try JSON(stream.output)["logLikelihood"] == report["logLikelihood"])
  }

  @Test("Every row's probabilities go to a table, by three names and a walk forward")
  func table() throws {
    let folder = try TemporaryFolder()
    try folder.writePrices(300, to: "p.csv")
    let run = try Program.run(
      [
        "regimes", "p.csv", "--restarts", "3", "-o", "r.csv", "--walk-forward", "200", "--refit",
        "50",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let table = try CSVTable(folder.bytes("r.csv").span.bytes, path: "r.csv")
    #expect(
      table.columns == [
        "date", "Close", "return(Close)", "filtered(calm)", "filtered(storm)", "smoothed(calm)",
        "smoothed(storm)", "viterbi", "volatility", "walkForward(calm)", "walkForward(storm)",
      ])
    #expect(table.rows.count == 299)
    for row in table.rows {
      #expect(abs(Double(row[3])! + Double(row[4])! - 1) < 1e-12)
      #expect(Double(row[8])! > 0)
    }
    #expect(table.rows.filter { $0[9].isEmpty }.count == 200)
    #expect(
      try Program.run(["regimes", "p.csv", "--restarts", "3", "-o", "r.json", "-q"], in: folder)
        .status == 0)
    let rows = try JSON(folder.text("r.json"))
    #expect(rows["filtered"]?.list.count == 299 && rows["viterbi"]?.texts.count == 299)
  }

  @Test("A saved model goes on from where its last row stopped")
  func update() throws {
    let folder = try TemporaryFolder()
    try folder.writePrices(300, to: "all.csv")
    try folder.write(
      folder.text("all.csv").split(separator: "\n").prefix(241).joined(separator: "\n") + "\n",
      to: "first.csv")
    let find = try Program.run(
      ["regimes", "first.csv", "--restarts", "3", "--save", "m.tenca", "-q"], in: folder)
    #expect(find.status == 0, "\(find.errors)")
    let inspected = try Program.run(["inspect", "m.tenca"], in: folder)
    #expect(inspected.output.contains("2 regimes of Close, log returns"))
    #expect(
      try JSON(Program.run(["inspect", "m.tenca", "--json"], in: folder).output)["kind"]
        == .text("regimes"))
    let update = try Program.run(
      ["regimes", "update", "m.tenca", "all.csv", "--save", "m.tenca", "-q"], in: folder)
    #expect(update.status == 0, "\(update.errors)")
    let table = try update.table()
    #expect(table.rows.count == 60 && table.rows[0][0] == "2020-08-28")
    let again = try Program.run(["regimes", "update", "m.tenca", "all.csv"], in: folder)
    #expect(again.status != 0 && again.errors.contains("no row is later than 2020-10-26"))
    let other = try Program.run(["regimes", "update", "all.csv", "all.csv"], in: folder)
    #expect(other.status != 0 && other.errors.contains("all.csv"))
    // A damaged model says what is wrong with it.
    var bytes = folder.bytes("m.tenca")
    bytes.removeLast(40)
    try folder.write(bytes, to: "short.tenca")
    let damaged = try Program.run(["regimes", "update", "short.tenca", "all.csv"], in: folder)
    #expect(damaged.status != 0 && damaged.errors.contains("short.tenca"))
  }

  @Test("An update whose answers are lost leaves the model where it was; JSON goes with any file")
  func updateOutputs() throws {
    let folder = try TemporaryFolder()
    try folder.writePrices(260, to: "all.csv")
    try folder.writePrices(240, to: "first.csv")
    let find = try Program.run(
      ["regimes", "first.csv", "--restarts", "2", "--save", "m.tenca", "-q"], in: folder)
    #expect(find.status == 0, "\(find.errors)")
    let before = folder.bytes("m.tenca")
    let lost = try Program.shell(
      "tenca regimes update m.tenca all.csv --save m.tenca > /dev/full", in: folder)
    #expect(lost.status != 0 && lost.errors.contains("standard output"))
    #expect(folder.bytes("m.tenca") == before)
    let both = try Program.run(
      ["regimes", "update", "m.tenca", "all.csv", "--json", "-o", "new.csv", "-q"], in: folder)
    #expect(both.status == 0, "\(both.errors)")
    let report = try JSON(both.output)
    #expect(report["filtered"]?.list.count == 20)
    let table = try CSVTable(folder.bytes("new.csv").span.bytes, path: "new.csv")
    #expect(table.rows.count == 20 && table.rows.last?[0] == report["lastDate"]?.text)
    let file = try Program.run(
      ["regimes", "update", "m.tenca", "all.csv", "-o", "new.json", "-q"], in: folder)
    #expect(file.status == 0 && file.output.isEmpty)
    #expect(folder.text("new.json") == both.output)
    let other = try Program.run(
      ["regimes", "update", "m.tenca", "all.csv", "--column", "Volume"], in: folder)
    #expect(other.status != 0 && other.errors.contains("those of the model of Close"))
  }

  @Test(
    "Models of all kinds are learned",
    arguments: [
      ["-k", "3"], ["--model", "switching-mean"], ["--model", "switching-variance"],
      ["--model", "ar:1"], ["--model", "ar-intercept:2", "--switch", "all"],
      ["--errors", "student-t", "--standard-errors", "robust"], ["--errors", "mixture"],
      ["--transition-exog", "Volume"], ["--exog", "Volume"],
      ["--durations", "poisson", "--restarts", "1"], ["-k", "auto", "--criterion", "icl"],
      ["--test", "19", "--restarts", "1", "--resample", "weekly"], ["--start", "free"],
      ["--column", "Close,Volume", "--returns", "difference"],
      ["--returns", "none", "--resample", "weekly", "--start", "fixed"],
    ])
  func models(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writePrices(240, to: "p.csv")
    let restarts = arguments.contains("--restarts") ? [] : ["--restarts", "2"]
    let run = try Program.run(
      ["regimes", "p.csv", "--json", "-q"] + restarts + arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["logLikelihood"]?.number?.isFinite == true)
    #expect(!run.output.contains("\"NaN\""), "\(arguments)")
  }

  @Test(
    "What cannot be done says why",
    arguments: [
      (["regimes", "none.csv"], "none.csv"),
      (["regimes", "p.csv", "--column", "Open"], "Open"),
      (["regimes", "p.csv", "--model", "garch"], "garch"),
      (["regimes", "p.csv", "--switch", "sigma"], "sigma"),
      (["regimes", "p.csv", "-k", "0"], "0"),
      (["regimes", "p.csv", "-k", "60"], "fewer regimes"),
      (["regimes", "p.csv", "--model", "ar:400"], "ar-intercept"),
      (["regimes", "p.csv", "--model", "ar:1", "--durations", "poisson"], "ar-intercept"),
      (["regimes", "p.csv", "--walk-forward", "5000"], "5000"),
      (["regimes", "p.csv", "--factors", "1"], "factors"),
      (["regimes", "p.csv", "-k", "auto", "--test", "19"], "-k"),
      (["regimes", "p.csv", "-o", "/proc/none/r.csv"], "/proc/none"),
      (["regimes", "flat.csv"], "flat.csv"),
      (["regimes", "short.csv"], "short.csv"),
      (["regimes", "below.csv"], "use returns difference or none"),
      (["regimes", "p.csv", "--transition-exog", "Rate"], "Rate"),
      (["regimes", "p.csv", "--standard-errors", "some"], "robust"),
      (["decode", "p.csv", "p.csv"], "p.csv"),
    ])
  func refusals(_ arguments: [String], _ words: String) throws {
    let folder = try TemporaryFolder()
    try folder.writePrices(100, to: "p.csv")
    try folder.write("Close\n" + String(repeating: "5\n", count: 40), to: "flat.csv")
    try folder.write("Close\n5\n6\n5\n", to: "short.csv")
    try folder.write("Date,Close\n2020-01-01,5\n2020-01-02,-1\n2020-01-03,4\n", to: "below.csv")
    let run = try Program.run(arguments, in: folder)
    #expect(run.status != 0)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }
}
