/// Names and values below each other, values in line.
struct ReportRows {
  let rows: [(name: String, value: String)]

  init(_ rows: [(String, String)]) { self.rows = rows }

  var text: String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { name, value in
      name + String(repeating: " ", count: width - name.count + 2) + value
    }.joined(separator: "\n")
  }
}
