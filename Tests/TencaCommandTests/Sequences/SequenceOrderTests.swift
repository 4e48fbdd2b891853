import TencaFormats
import TencaNumerics
import Testing

@Suite("The order in which files have sequences and columns")
struct SequenceOrderTests {
  /// Rows of four sequences with three numbers that tell of one state, in any order of both.
  private struct Rows {
    private var lines: [(id: String, cells: [String: String])] = []

    /// - Parameter counts: Whether the numbers are whole.
    init(counts: Bool) {
      var random = RandomStream(seed: 8)
      for (id, length) in [("d", 70), ("a", 90), ("c", 40), ("b", 110)] {
        for row in 0..<length {
          let isHigh = (row + length) / 15 % 2 == 1
          var cells: [String: String] = [:]
          for (place, name) in ["wind", "rain", "Sun"].enumerated() {
            let level = Double(isHigh ? 7 + place : 2)
            cells[name] =
              counts
              ? "\(Int(level) + random.integer(below: 3))" : "\(level + random.normal())"
          }
          if row % 17 == 3 { cells["rain"] = "" }
          cells["state"] = row % 9 == 0 ? (isHigh ? "high" : "low") : ""
          lines.append((id, cells))
        }
      }
    }

    func text(_ ids: [String], _ columns: [String]) -> String {
      let rows = ids.flatMap { id in
        lines.filter { $0.id == id }.map { line in
          ([id] + columns.map { line.cells[$0]! }).joined(separator: ",")
        }
      }
      return ([(["id"] + columns).joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }
  }

  private static let orders = [
    (["d", "a", "c", "b"], ["wind", "rain", "Sun", "state"]),
    (["b", "c", "d", "a"], ["wind", "rain", "Sun", "state"]),
    (["d", "a", "c", "b"], ["state", "Sun", "rain", "wind"]),
    (["c", "a", "b", "d"], ["rain", "Sun", "state", "wind"]),
  ]

  private func train(
    _ data: String, _ options: [String], in folder: TemporaryFolder
  ) throws -> (report: String, model: [UInt8]) {
    let run = try Program.run(
      ["train", "hmm", data, "-k", "2", "--restarts", "2", "--json", "-o", "m.tenca"] + options,
      in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return (run.output, folder.bytes("m.tenca"))
  }

  @Test(
    "Models and reports are the same to the last byte, however a table is ordered",
    arguments: [
      ["--emission", "gaussian"], ["--emission", "gaussian:full"], ["--emission", "poisson"],
      ["--emission", "mixture:2"], ["--emission", "rain=gaussian,wind=student-t"],
      ["--emission", "gaussian", "--durations", "poisson"],
      ["--emission", "gaussian", "--known", "state", "--names", "low,high"],
    ])
  func tables(_ options: [String]) throws {
    let folder = try TemporaryFolder()
    let rows = Rows(counts: options[1] == "poisson")
    let named = options[1].contains("=")
    var first: (report: String, model: [UInt8])?
    for (index, (ids, columns)) in Self.orders.enumerated() {
      try folder.write(rows.text(ids, columns), to: "s.csv")
      // All that are left, or those that are named in any order.
      let wanted = index % 2 == 0 ? "wind,Sun,rain" : "rain,wind,Sun"
      let extra = ["--group", "id"] + (named ? [] : ["--columns", wanted])
      let one = try train("s.csv", options + extra, in: folder)
      let expected = first ?? one
      #expect(one.report == expected.report, "order \(index)")
      #expect(one.model == expected.model, "order \(index)")
      first = expected
      let found = try JSON(one.report)["columns"]?.texts
      #expect(found == (named ? ["rain", "wind"] : ["Sun", "rain", "wind"]))
    }
    // A model is like itself, on any number of threads.
    let again = try train(
      "s.csv",
      options + ["--group", "id", "--like", "m.tenca", "--threads", "3"]
        + (named ? [] : ["--columns", "wind,Sun,rain"]), in: folder)
    #expect(again.report == first?.report && again.model == first?.model)
  }

  @Test("Answers come in the order of the file that is asked about")
  func answers() throws {
    let folder = try TemporaryFolder()
    let rows = Rows(counts: false)
    var decoded: [String: [String]] = [:]
    for (ids, columns) in Self.orders {
      try folder.write(rows.text(ids, columns), to: "s.csv")
      if decoded.isEmpty {
        _ = try train("s.csv", ["--group", "id", "--columns", "wind,rain,Sun"], in: folder)
      }
      let table = try Program.run(["decode", "m.tenca", "s.csv", "--group", "id"], in: folder)
        .table()
      let names = try table.column("sequence")
      #expect(
        ids == names.indices.filter { $0 == 0 || names[$0] != names[$0 - 1] }.map { names[$0] })
      let states = try table.column("state")
      for id in ids {
        let own = names.indices.filter { names[$0] == id }.map { states[$0] }
        #expect(decoded[id, default: own] == own)
        decoded[id] = own
      }
    }
  }

  @Test("Files of a folder may have any names and columns in any order")
  func files() throws {
    let rows = Rows(counts: false)
    var reports: [String] = []
    for isTurned in [false, true] {
      let folder = try TemporaryFolder()
      for (index, id) in ["a", "b", "c", "d"].enumerated() {
        let columns = (isTurned ? index : 0) % 2 == 0 ? ["wind", "Sun"] : ["Sun", "wind"]
        // Without the column that tells sequences apart.
        let text = rows.text([id], columns).split(separator: "\n").map {
          String($0.drop { $0 != "," }.dropFirst())
        }
        try folder.write(
          text.joined(separator: "\n") + "\n", to: "s/\(isTurned ? 3 - index : index).csv")
      }
      reports.append(try train("s", [], in: folder).report)
    }
    #expect(reports[0] == reports[1])
    #expect(try JSON(reports[0])["columns"]?.texts == ["Sun", "wind"])
  }

  @Test("Columns whose names are numbers go by these")
  func numbers() throws {
    let folder = try TemporaryFolder()
    var random = RandomStream(seed: 3)
    let cells = (0..<80).map { row in
      (0..<11).map { Double($0 + (row / 20 % 2) * 5) + 0.5 * random.normal() }
    }
    var answers: [[String]] = []
    for columns in [Array(0..<11), Array((0..<11).reversed())] {
      let lines =
        [columns.map(String.init)] + cells.map { row in columns.map { "\(row[$0])" } }
      try folder.write(lines.map { $0.joined(separator: ",") + "\n" }.joined(), to: "s.csv")
      let report = try train("s.csv", [], in: folder).report
      #expect(try JSON(report)["columns"]?.texts == (0..<11).map(String.init))
      answers.append([report, try Program.run(["decode", "m.tenca", "s.csv"], in: folder).output])
    }
    #expect(answers[0] == answers[1])
  }

  @Test("A word that names no state is told by its sequence and row")
  func places() throws {
    let folder = try TemporaryFolder()
    try folder.write("id,x,s\nb,5,\nb,6,low\na,1,\na,2,lwo\n", to: "s.csv")
    let run = try Program.run(
      [
        "train", "hmm", "s.csv", "-k", "2", "--group", "id", "--columns", "x", "--known", "s",
        "--names", "low,high", "-o", "m.tenca",
      ], in: folder)
    #expect(run.status != 0)
    #expect(run.errors.contains("sequence 'a', row 2 of column 's' holds 'lwo'"), "\(run.errors)")
  }
}
