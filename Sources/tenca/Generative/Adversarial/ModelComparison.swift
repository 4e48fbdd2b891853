internal import TencaFormats
internal import TencaGenerative

/// Measures of several models beside each other.
struct ModelComparison: Report {
  struct Entry: Encodable {
    let model: String
    let samples: SampleReport
    let examplesPerSecond: Double
    let run: RunSummary?
  }

  let data: String
  let models: [Entry]

  /// One row a measure, one column a model, then what real examples get.
  var text: String {
    let tables = models.map(\.samples.rows)
    var table = TextTable(
      [("measure", .left)] + models.map { ($0.model, .right) }
        + [("real", .right), ("wanted", .left)])
    // A model that is told classes has measures that one without has not.
    let names = tables.max { $0.count < $1.count }?.map { $0[0] } ?? []
    for name in names {
      let found = tables.map { rows in rows.first { $0[0] == name } }
      let any = found.compactMap { $0 }[0]
      table.add([name] + found.map { $0?[1] ?? "-" } + [any[2], any[3]])
    }
    func add(_ name: String, _ wanted: String, _ value: (Entry) -> String?) {
      let values = models.map(value)
      if values.allSatisfy({ $0 == nil }) { return }
      table.add([name] + values.map { $0 ?? "-" } + ["", wanted])
    }
    add("samples a second", "high") { $0.examplesPerSecond.formatted(decimals: 0) }
    add("seconds of training", "low") { $0.run?.seconds.formatted(decimals: 1) }
    add("swing of training", "low") { entry in
      entry.run.map { "\(($0.swing * 100).formatted(decimals: 1))% of \($0.measure)" }
    }
    return "\(data): \(models.first?.samples.heading ?? "")\n\(table.text)"
  }
}
