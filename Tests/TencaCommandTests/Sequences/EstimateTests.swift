import TencaNumerics
import Testing

@Suite("Polish and standard errors")
struct EstimateTests {
  private func train(_ extra: [String], in folder: TemporaryFolder) throws -> Program.Outcome {
    try Program.run(
      ["train", "hmm", "s.csv", "-k", "2", "--restarts", "2", "--json", "-o", "m.tenca"] + extra,
      in: folder)
  }

  /// Two columns, `b` before `a`, of two states.
  private func writeTwoColumns(_ folder: TemporaryFolder) throws {
    var random = RandomStream(seed: 2)
    var text = "b,a\n"
    for row in 0..<400 {
      let isHigh = row / 25 % 2 == 1
      text +=
        "\((isHigh ? 30 : 20) + 2 * random.normal()),\((isHigh ? 1 : 0) + 0.1 * random.normal())\n"
    }
    try folder.write(text, to: "s.csv")
  }

  @Test("A polished model is at least as likely, and says how it came there")
  func polish() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(300, to: "s.csv")
    let loose = ["--columns", "x", "--tolerance", "0.01"]
    let plain = try JSON(train(loose, in: folder).output)["training"]!
    let run = try train(loose + ["--polish"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let polished = try JSON(run.output)["training"]!
    let gain =
      polished["logLikelihood"]!.number! - plain["logLikelihood"]!.number!
    #expect(gain > 0)
    let last = try #require(polished["restarts"]?.list.last)
    #expect(last["start"] == .text("quasi-Newton"))
    #expect(polished["restarts"]!.list.count == plain["restarts"]!.list.count + 1)
    #expect(polished["best"]?.number == Double(polished["restarts"]!.list.count - 1))
    #expect(abs(last["objective"]!.number! - polished["logLikelihood"]!.number!) < 1e-6)
  }

  @Test("Errors are those of means of so many rows, under the names of their columns")
  func means() throws {
    let folder = try TemporaryFolder()
    try writeTwoColumns(folder)
    let run = try train(["--standard-errors", "information", "--polish"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let estimates = try #require(try JSON(run.output)["estimates"]).list
    let means = estimates.filter { $0["parameter"] == .text("mean") }
    #expect(means.count == 4)
    for (column, low, spread) in [("a", 0.0, 0.1), ("b", 20.0, 2.0)] {
      let own = means.filter { $0["column"] == .text(column) }
      #expect(own.map { $0["state"]?.text } == ["0", "1"])
      // 200 rows each, and states that are hardly ever in doubt: σ / √200.
      for (mean, truth) in zip(own, [low, low == 0 ? 1 : 30]) {
        let error = try #require(mean["standardError"]?.number)
        #expect(abs(mean["value"]!.number! - truth) < 4 * error)
        #expect(abs(error / (spread / 200.0.squareRoot()) - 1) < 0.15, "\(mean)")
      }
    }
    let steps = estimates.filter { $0["parameter"] == .text("transition") }
    #expect(steps.count == 4 && steps.allSatisfy { $0["nextState"] != nil })
    let words = try Program.run(["inspect", "m.tenca"], in: folder).output
    #expect(words.contains("standard errors (information)"))
    #expect(words.split(separator: "\n").contains { $0.hasPrefix("mean") })
    #expect(try Program.run(["inspect", "m.tenca", "--json"], in: folder).output == run.output)
  }

  @Test("Without asking there are none")
  func none() throws {
    let folder = try TemporaryFolder()
    try writeTwoColumns(folder)
    let report = try JSON(train([], in: folder).output)
    #expect(report["estimates"] == nil && report["standardErrors"] == nil)
  }

  @Test("Symbols have their words, beside other columns and alone")
  func symbols() throws {
    let folder = try TemporaryFolder()
    let weather = (0..<80).map { row in row / 10 % 2 == 0 || row % 5 == 0 ? "wet" : "dry" }
    try folder.write("w\n" + weather.joined(separator: "\n") + "\n", to: "s.csv")
    let alone = try train(
      ["--emission", "categorical", "--standard-errors", "robust"], in: folder)
    #expect(alone.status == 0, "\(alone.errors)")
    let words = try JSON(alone.output)["estimates"]!.list.filter { $0["symbol"] != nil }
    #expect(words.map { $0["symbol"]?.text } == ["dry", "wet", "dry", "wet"])
    #expect(words.allSatisfy { $0["column"] == .text("w") })
    let rows = (0..<80).map { row in
      let isHigh = row / 10 % 2
      return "\(3 * isHigh + row % 3),\(isHigh + row % 2)"
    }
    try folder.write("n,s\n" + rows.joined(separator: "\n") + "\n", to: "s.csv")
    let beside = try train(
      ["--emission", "n=gaussian,s=categorical", "--standard-errors", "information"], in: folder)
    #expect(beside.status == 0, "\(beside.errors)")
    let numbers = try JSON(beside.output)["estimates"]!.list.filter { $0["symbol"] != nil }
    #expect(numbers.map { $0["symbol"]?.text } == ["0", "1", "2", "0", "1", "2"])
    #expect(numbers.allSatisfy { $0["column"] == .text("s") })
  }

  @Test("A chosen number of states is refined too")
  func selected() throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(200, to: "s.csv")
    let run = try Program.run(
      [
        "train", "hmm", "s.csv", "--select", "1,2", "--columns", "x", "--restarts", "2", "--json",
        "-o", "m.tenca", "--polish", "--standard-errors", "information",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["estimates"]!.list.count { $0["parameter"] == .text("mean") } == 2)
  }

  @Test(
    "Durations and Viterbi training have neither",
    arguments: ["--polish", "--standard-errors=robust"],
    [["--durations", "poisson"], ["--training", "viterbi"]])
  func refused(option: String, other: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writeStates(60, to: "s.csv")
    let run = try train(["--columns", "x", option] + other, in: folder)
    let name = option.prefix { $0 != "=" }
    #expect(
      run.status == 64 && run.errors.contains("\(name) does not go with \(other[0])"),
      "\(run.errors)")
  }
}
