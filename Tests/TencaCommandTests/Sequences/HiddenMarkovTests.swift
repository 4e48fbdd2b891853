import TencaFormats
import TencaNumerics
import Testing

@Suite("Hidden Markov models of tables")
struct HiddenMarkovTests {
  @Test("States lie where the rows are, in order of their means, and last as they do")
  func training() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(600, to: "s.csv")
    let run = try Program.run(
      ["train", "hmm", "s.csv", "-k", "2", "--columns", "x", "-o", "m.tenca", "--json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    let states = try #require(report["states"]).list
    let means = states.compactMap { $0["mean"]?.numbers[0] }
    #expect(abs(means[0]) < 0.3 && abs(means[1] - 6) < 0.3)
    for state in states { #expect(abs(state["expectedDuration"]!.number! - 25) < 8) }
    #expect(report["training"]?["rows"] == .number(600))
    #expect(report["training"]?["restarts"]?.list.count == 10)
    let inspected = try Program.run(["inspect", "m.tenca", "--json"], in: folder)
    #expect(inspected.output == run.output)
  }

  @Test("The number of states is found", arguments: ["bic", "icl", "held-out"])
  func selection(criterion: String) throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(500, to: "s.csv")
    let run = try Program.run(
      [
        "train", "hmm", "s.csv", "--select", "1...3", "--criterion", criterion, "--columns", "x",
        "-o",
        "m.tenca", "--restarts", "3", "--picture", "c.svg", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["states"]?.list.count == 2)
    #expect(report["selection"]?.list.count == 3)
    #expect(folder.text("c.svg").hasPrefix("<?xml"))
  }

  @Test("States may be held for durations of their own")
  func durations() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(500, to: "s.csv")
    let run = try Program.run(
      [
        "train", "hmm", "s.csv", "-k", "2", "--columns", "x", "--durations", "negative-binomial",
        "-o", "m.tenca", "--restarts", "2", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["durations"] == .text("negative-binomial"))
    let states = try #require(report["states"]).list
    for state in states { #expect(abs(state["expectedDuration"]!.number! - 25) < 1) }
    #expect(
      report["transition"]
        == .list(
          [0, 1].map { i in
            .list([0, 1].map { .number(i == $0 ? 0 : 1) })
          }))
    let truth = try CSVTable(path: "\(folder.path)/s.csv").column("state")
    for method in ["viterbi", "filtered", "smoothed", "fixed-lag:2", "k-best:1"] {
      let states = try Program.run(["decode", "m.tenca", "s.csv", "--method", method], in: folder)
        .table().column("state")
      #expect(zip(states, truth).count { ($0 == "1") == ($1 == "high") } > 480)
    }
    let total = try Program.run(["score", "m.tenca", "s.csv"], in: folder).table()
      .numbers("logLikelihood")[0]
    #expect(abs(total - report["training"]!["logLikelihood"]!.number!) < 1e-6)
    #expect(
      try Program.run(["sample", "m.tenca", "-n", "60"], in: folder).table().rows.count == 60)
    let residuals = try Program.run(["score", "m.tenca", "s.csv", "--residuals"], in: folder)
    #expect(residuals.status == 0, "\(residuals.errors)")
    let values = try residuals.table().numbers("residual(x)")
    #expect(values.count == 500 && abs(values.reduce(0, +) / 500) < 0.15)
    let forecast = try Program.run(["forecast", "m.tenca", "s.csv", "--steps", "60"], in: folder)
    #expect(forecast.status == 0, "\(forecast.errors)")
    // The last 25 rows are high: low comes next, and high again after that.
    let shares = try forecast.table().matrix(["p(0)", "p(1)"])
    #expect(shares[12, 1] < 0.2 && shares[37, 1] > 0.7, "\(shares)")
    #expect((0..<60).allSatisfy { abs(shares[$0, 0] + shares[$0, 1] - 1) < 1e-12 })
  }

  @Test("States with durations may be known, named and put in order too")
  func durationsOfKnownStates() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(300, to: "s.csv")
    let train = [
      "train", "hmm", "s.csv", "-k", "2", "--columns", "x", "--durations", "poisson",
      "--restarts", "2", "--json",
    ]
    let known = try Program.run(
      train + ["--known", "state", "--names", "high,low", "--start", "fixed", "-o", "a.tenca"],
      in: folder)
    #expect(known.status == 0, "\(known.errors)")
    func means(_ run: Program.Outcome) throws -> [Double] {
      try #require(try JSON(run.output)["states"]).list.compactMap { $0["mean"]?.numbers[0] }
    }
    let own = try means(known)
    #expect(own[0] > 5 && own[1] < 1)
    let initial = try JSON(known.output)["states"]!.list.map { $0["initial"]!.number! }
    #expect(initial == [0.5, 0.5])
    let like = try Program.run(train + ["--like", "a.tenca", "-o", "b.tenca"], in: folder)
    #expect(like.status == 0, "\(like.errors)")
    let others = try means(like)
    #expect(others[0] > 5 && others[1] < 1)
    let training = try #require(try JSON(like.output)["training"])
    let restarts = training["restarts"]!.list.map { $0["objective"]!.number! }
    let best = Int(training["best"]!.number!)
    #expect(restarts.count > 2 && best >= 2)
    #expect(abs(restarts[best] - training["logLikelihood"]!.number!) < 1e-6)
    for (extra, problem) in [
      (["--start", "stationary"], "first segment"), (["--topology", "cyclic"], "--topology"),
    ] {
      let refused = try Program.run(train + extra + ["-o", "c.tenca"], in: folder)
      #expect(refused.status != 0 && refused.errors.contains(problem), "\(refused.errors)")
    }
  }

  @Test("One seed gives the same bytes on any number of threads")
  func reproducible() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(900, to: "s.csv")
    for (name, threads) in [("a", "1"), ("b", "2"), ("c", "1")] {
      let run = try Program.run(
        [
          "train", "hmm", "s.csv", "-k", "2", "--columns", "x", "-o", "\(name).tenca", "--threads",
          threads,
        ], in: folder)
      #expect(run.status == 0)
    }
    #expect(folder.bytes("a.tenca") == folder.bytes("b.tenca"))
    #expect(folder.bytes("a.tenca") == folder.bytes("c.tenca"))
  }

  @Test("Every method tells the states, and only two of them without looking ahead")
  func decoding() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(300, to: "s.csv")
    try Program.run(
      [
        "train", "hmm", "s.csv", "-k", "2", "--columns", "x", "--names", "low,high", "-o",
        "m.tenca",
      ],
      in: folder)
    let truth = try CSVTable(path: "\(folder.path)/s.csv").column("state")
    for method in ["viterbi", "filtered", "smoothed", "fixed-lag:3", "k-best:1"] {
      let run = try Program.run(
        ["decode", "m.tenca", "s.csv", "--method", method, "--time", "t"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let table = try run.table()
      let states = try table.column("state")
      let right = zip(states, truth).count { $0 == $1 }
      #expect(right > 285, "\(method): \(right) of 300")
      #expect(run.errors.contains("looks ahead") == (method != "filtered"))
      #expect(try table.column("time") == (0..<300).map { "\(Double($0) / 2)" })
      if table.columns.contains("p(low)") {
        let shares = try table.matrix(["p(low)", "p(high)"])
        #expect((0..<300).allSatisfy { abs(shares[$0, 0] + shares[$0, 1] - 1) < 1e-9 })
      }
    }
  }

  @Test("Rows that are added leave filtered answers as they were")
  func causality() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(300, to: "s.csv")
    try Program.run(
      ["train", "hmm", "s.csv", "-k", "2", "--columns", "x", "-o", "m.tenca"], in: folder)
    let lines = String(decoding: folder.bytes("s.csv"), as: UTF8.self).split(separator: "\n")
    try folder.write(lines[...200].joined(separator: "\n") + "\n", to: "first.csv")
    let arguments = ["decode", "m.tenca", "--method", "filtered"]
    let whole = try Program.run(arguments + ["s.csv"], in: folder)
    let part = try Program.run(arguments + ["first.csv"], in: folder)
    #expect(part.outputLines.count == 201)
    #expect(Array(whole.outputLines[...200]) == part.outputLines)
  }

  @Test("Sequences are groups of one table, or files of one folder")
  func sequences() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(300, to: "all.csv", group: true)
    try folder.writeStates(150, to: "parts/a.csv")
    try folder.writeStates(150, to: "parts/b.csv", seed: 2)
    for (data, extra) in [("all.csv", ["--group", "id"]), ("parts", [])] {
      let options = ["--columns", "x", "-o", "m.tenca", "--json"] + extra
      let run = try Program.run(["train", "hmm", data, "-k", "2"] + options, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let sequences = try JSON(run.output)["training"]?["sequences"]
      #expect(sequences == .number(extra.isEmpty ? 2 : 3))
      let scores = try Program.run(["score", "m.tenca", data] + extra, in: folder).table()
      #expect(
        try scores.column("sequence") == (extra.isEmpty ? ["a", "b"] : ["one", "two", "three"]))
      let total = try scores.numbers("logLikelihood").reduce(0, +)
      let expected = try JSON(run.output)["training"]!["logLikelihood"]!.number!
      #expect(abs(total - expected) < 1e-6 * abs(expected))
    }
  }

  @Test("Parameters written down decode words")
  func writtenModels() throws {
    let folder = try TemporaryFolder()
    try folder.writeWeather()
    let run = try Program.run(["decode", "--model", "weather.json", "days.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.table().column("state") == ["sunny", "rainy", "rainy"])
    let json = try Program.run(
      ["decode", "weather.json", "days.csv", "--json", "--method", "k-best:2"], in: folder)
    let paths = try #require(try JSON(json.output)["sequences"]?[0]?["paths"]).list
    #expect(abs(paths[0]["logProbability"]!.number! + 4.309519943887134) < 1e-12)
    #expect(paths.count == 2)
  }

  @Test("Files for sound editors, pictures and programs")
  func outputs() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(100, to: "s.csv")
    try Program.run(
      ["train", "hmm", "s.csv", "-k", "2", "--columns", "x", "-o", "m.tenca"], in: folder)
    for (name, start) in [
      ("s.TextGrid", "File type = \"ooTextFile\""), ("s.txt", "0.0\t"), ("s.json", "{"),
      ("s.svg", "<?xml"), ("out.csv", "row,time,state"),
    ] {
      let run = try Program.run(
        ["decode", "m.tenca", "s.csv", "--time", "t", "-o", name], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(String(decoding: folder.bytes(name), as: UTF8.self).hasPrefix(start), "\(name)")
    }
  }

  @Test("What a forecast says goes towards the stationary distribution")
  func forecasting() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(400, to: "s.csv")
    try Program.run(
      ["train", "hmm", "s.csv", "-k", "2", "--columns", "x", "-o", "m.tenca"], in: folder)
    let table = try Program.run(
      ["forecast", "m.tenca", "s.csv", "--steps", "400"], in: folder
    ).table()
    let shares = try table.matrix(["p(0)", "p(1)"])
    #expect(shares.rows >= 400)
    #expect(max(shares[0, 0], shares[0, 1]) > 0.9)
    let report = try JSON(Program.run(["inspect", "m.tenca", "--json"], in: folder).output)
    let matrix = report["transition"]!.list.map(\.numbers)
    let stationary = matrix[1][0] / (matrix[0][1] + matrix[1][0])
    #expect(abs(shares[399, 0] - stationary) < 1e-6)
    // Nine of ten next rows lie between the outer quantiles.
    let bounds = try table.matrix(["q0.05(x)", "mean(x)", "q0.5(x)", "q0.95(x)"])
    for row in 0..<400 {
      #expect(bounds[row, 0] < bounds[row, 2] && bounds[row, 2] < bounds[row, 3])
    }
    let json = try Program.run(
      ["forecast", "m.tenca", "s.csv", "--steps", "2", "--quantiles", "0.25", "--json"], in: folder)
    let steps = try #require(try JSON(json.output)[0]?["steps"]).list
    #expect(steps.count == 2 && steps[1]["quantiles"]?[0]?.numbers.count == 1)
    let picture = try Program.run(["forecast", "m.tenca", "s.csv", "-o", "f.svg"], in: folder)
    #expect(picture.status == 0 && folder.text("f.svg").hasPrefix("<?xml"))
  }

  @Test("Residuals of the right model are normal")
  func residuals() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(400, to: "s.csv", group: true)
    try Program.run(
      ["train", "hmm", "s.csv", "-k", "2", "--columns", "x", "--group", "id", "-o", "m.tenca"],
      in: folder)
    let run = try Program.run(
      ["score", "m.tenca", "s.csv", "--group", "id", "--residuals"], in: folder)
    #expect(run.status == 0 && run.errors.contains("x: mean "))
    let table = try run.table()
    let values = try table.numbers("residual(x)")
    let mean = values.reduce(0, +) / 400
    let variance = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / 400
    #expect(values.count == 400 && abs(mean) < 0.15 && abs(variance - 1) < 0.3)
  }

  @Test("What is drawn can be learned again")
  func sampling() throws {
    let folder = try TemporaryFolder()
    try folder.writeWeather()
    let run = try Program.run(["sample", "weather.json", "--length", "500"], in: folder)
    let table = try run.table()
    #expect(table.columns == ["0", "state"] && table.rows.count == 500)
    #expect(Set(try table.column("0")) == ["walk", "shop", "clean"])
    try folder.write(run.output, to: "drawn.csv")
    let train = try Program.run(
      [
        "train", "hmm", "drawn.csv", "-k", "2", "--columns", "0", "--emission", "categorical", "-o",
        "m.tenca", "--json",
      ], in: folder)
    #expect(train.status == 0, "\(train.errors)")
    #expect(try JSON(train.output)["symbols"]?.texts == ["clean", "shop", "walk"])
  }

  @Test("States that are known keep their names")
  func knownStates() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(300, to: "s.csv")
    let run = try Program.run(
      [
        "train", "hmm", "s.csv", "-k", "2", "--columns", "x", "--known", "state", "--names",
        "high,low", "-o", "m.tenca", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let means = try #require(try JSON(run.output)["states"]).list.compactMap {
      $0["mean"]?.numbers[0]
    }
    #expect(means[0] > 5 && means[1] < 1)
  }

  @Test("Sounds are sequences of frames, through the front end that the model keeps")
  func sounds() throws {
    let folder = try TemporaryFolder()
    // Two tones in turn: a state each.
    try folder.writeTones(takes: 0..<2, in: "tones")
    let name = try #require(folder.files.first { $0.hasSuffix(".wav") })
    try folder.write("no sound", to: "tones/bad.wav")
    let run = try Program.run(
      ["train", "hmm", "tones", "-k", "3", "-o", "m.tenca", "--rate", "8000", "--json"], in: folder)
    #expect(run.status == 1 && run.errors.contains("bad.wav"))
    #expect(try JSON(run.output)["columns"]?.list.count == 39)
    let decoded = try Program.run(["decode", "m.tenca", name, "-o", "a.txt"], in: folder)
    #expect(decoded.status == 0, "\(decoded.errors)")
    // Once the tone is there, it stays what it is.
    #expect(folder.text("a.txt").split(separator: "\n").count <= 3)
    try folder.write("x\n1\n", to: "x.csv")
    let plain = try Program.run(["train", "hmm", "x.csv", "-k", "1", "-o", "t.tenca"], in: folder)
    #expect(plain.status == 0)
    let refused = try Program.run(["decode", "t.tenca", name], in: folder)
    #expect(refused.status != 0 && refused.errors.contains("is sound"))
  }

  @Test("Columns may come from distributions of their own")
  func products() throws {
    let folder = try TemporaryFolder()
    var random = RandomStream(seed: 1)
    var text = "step,angle\n"
    for row in 0..<400 {
      let runs = (row / 40) % 2 == 0
      let step = Double(runs ? 5 : 1) * random.uniform(in: 0.5..<1.5)
      text += "\(step),\((random.uniform() - 0.5) * (runs ? 0.5 : 6))\n"
    }
    try folder.write(text, to: "elk.csv")
    let run = try Program.run(
      [
        "train", "hmm", "elk.csv", "-k", "2", "--emission", "step=gamma,angle=von-mises", "-o",
        "m.tenca", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try JSON(run.output)["emission"] == .text("gamma+von-mises"))
  }
}

@Suite("Hidden Markov models of bad tables")
struct BadSequenceTests {
  @Test(arguments: [
    ("x\n1\n2\n", ["-k", "5"], "at most 2"),
    ("x\n1\na\n", ["-k", "2"], "column 'x' holds 'a'"),
    ("x\n", ["-k", "1"], "no rows"),
    ("x\n1\n2\n-1\n", ["-k", "2", "--emission", "poisson"], "row 3, column 'x': is -1.0"),
    ("x,y\n1,2\n2,3\n3,4\n", ["-k", "2", "--emission", "categorical"], "columns"),
    ("x,y\n1,\n2,\n3,\n", ["-k", "2"], "column 'y': holds no value"),
    ("x\n1\n2\n3\n", ["-k", "2", "--columns", "z"], "z"),
    ("x\n1\n2\n3\n", ["-k", "2", "--group", "z"], "z"),
    ("x\n1\n2\n3\n", ["-k", "0"], "--states 0"),
    ("x\n1\n2\n3\n", ["-k", "2", "--emission", "dice"], "dice"),
  ])
  func refused(_ text: String, _ arguments: [String], _ problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "s.csv")
    let run = try Program.run(["train", "hmm", "s.csv", "-o", "m.tenca"] + arguments, in: folder)
    #expect(run.status != 0)
    #expect(run.errors.contains(problem), "\(run.errors)")
    #expect(!folder.files.contains("m.tenca"))
  }

  @Test("A constant column, and one row, are learned from without NaN")
  func degenerate() throws {
    let folder = try TemporaryFolder()
    try folder.write("x\n5\n5\n5\n5\n", to: "constant.csv")
    try folder.write("x\n5\n", to: "one.csv")
    for (name, states) in [("constant", "2"), ("one", "1")] {
      let run = try Program.run(
        ["train", "hmm", "\(name).csv", "-k", states, "-o", "m.tenca", "--json"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(!run.output.contains("NaN"), "\(run.output)")
      let decoded = try Program.run(["decode", "m.tenca", "\(name).csv"], in: folder)
      #expect(decoded.status == 0, "\(decoded.errors)")
    }
  }

  @Test("A row that no state can have emitted is named")
  func impossible() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"transition": [[1, 0], [0, 1]], "columns": ["s"], "emission":
        {"kind": "categorical", "probabilities": [[1, 0], [0, 1]]}, "initial": [0.5, 0.5]}
      """, to: "m.json")
    try folder.write("id,s\na,0\na,0\nb,1\nb,0\n", to: "s.csv")
    for method in ["viterbi", "filtered"] {
      let run = try Program.run(
        ["decode", "m.json", "s.csv", "--group", "id", "--method", method], in: folder)
      #expect(run.status != 0 && run.errors.contains("sequence 'b', row 2"), "\(run.errors)")
    }
  }

  @Test("Symbols never seen, other columns and other models are named")
  func otherData() throws {
    let folder = try TemporaryFolder()
    try folder.writeWeather()
    try folder.write("activity\nwalk\nswim\n", to: "swim.csv")
    try folder.write("x,y\n1,2\n", to: "two.csv")
    try folder.writeBlobs(30, to: "rows.csv")
    try Program.run(["train", "mixture", "rows.csv", "-k", "1", "-o", "m.tenca"], in: folder)
    try folder.write("{}", to: "empty.json")
    for (arguments, problem) in [
      (["decode", "weather.json", "swim.csv"], "'swim', a symbol never seen"),
      (["decode", "weather.json", "two.csv"], "columns"),
      (["decode", "m.tenca", "rows.csv"], "without hidden states"),
      (["decode", "empty.json", "days.csv"], "has no 'emission'"),
      (["decode", "weather.json", "none.csv"], "none.csv"),
      (["decode", "weather.json"], "give a model and data"),
      (["decode", "weather.json", "days.csv", "--method", "guess"], "guess"),
      (["cluster", "weather.json", "days.csv"], "no mixture"),
    ] {
      let run = try Program.run(arguments, in: folder)
      #expect(run.status != 0)
      #expect(run.errors.contains(problem), "\(arguments): \(run.errors)")
    }
  }
}
