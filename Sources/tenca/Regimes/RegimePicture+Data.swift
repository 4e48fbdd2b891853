internal import TencaNumerics
internal import TencaPlot

/// What the script of a page reads.
extension RegimePicture {
  /// The rows as JSON, short enough for a century of days: probabilities in hundredths, without the last
  /// regime, which has the rest of one; and the places of the plotting areas in the picture.
  func data(_ areas: [PlotArea]) -> String {
    let rows = content.levels.indices
    let names = content.labels.map { "\"\(escapedForScript($0))\"" }
    let finite = content.levels.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let x = places
    let first = areas[0]
    let bottom = (areas.last ?? first).rect.maxY
    let fields: [(String, String)] = [
      ("regimes", "[\(names.joined(separator: ","))]"),
      ("value", "\"\(escapedForScript(content.levelName))\""),
      ("dated", content.dates == nil ? "false" : "true"),
      ("log", content.isLogarithmic ? "true" : "false"),
      // Two places along x, in the axis's units and in the picture's.
      (
        "x",
        list([x.first ?? 0, x.last ?? 0] + [x.first ?? 0, x.last ?? 0].map(first.x), digits: 2)
      ),
      // Two values, and how far down the picture they are.
      ("y", "[\(low),\(high),\(list([first.y(low), first.y(high)], digits: 2).dropFirst())"),
      ("top", decimal(first.rect.y, digits: 1)), ("bottom", decimal(bottom, digits: 1)),
      (
        "rows",
        list(x, digits: content.dates.map { $0.allSatisfy { $0.secondOfDay == 0 } } ?? true ? 0 : 5)
      ),
      ("values", "[\(rows.map { short(content.levels[$0]) }.joined(separator: ","))]"),
      ("path", "[\(content.path.map(String.init).joined(separator: ","))]"),
      (
        "probabilities",
        "[\(content.labels.indices.dropLast().map { column($0) }.joined(separator: ","))]"
      ),
    ]
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",\n") + "}"
  }

  private func column(_ regime: Int) -> String {
    let values = (0..<content.probabilities.rows).map { content.probabilities[$0, regime] }
    return
      "[\(values.map { $0.isFinite ? decimal(100 * $0, digits: 0) : "null" }.joined(separator: ","))]"
  }

  private func list(_ values: [Double], digits: Int) -> String {
    "[\(values.map { decimal($0, digits: digits) }.joined(separator: ","))]"
  }

  /// About seven digits, as exact as prices are quoted.
  private func short(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    let size = abs(value)
    guard (1e-3..<1e9).contains(size) else { return "\(value)" }
    return trimmed(decimal(value, digits: size >= 1e4 ? 2 : size >= 1 ? 4 : 7))
  }

  private func trimmed(_ digits: String) -> String {
    guard digits.contains(".") else { return digits }
    var result = digits[...]
    while result.last == "0" { result.removeLast() }
    if result.last == "." { result.removeLast() }
    return String(result)
  }
}

/// `value` with so many digits after the point, and a plain minus sign.
func decimal(_ value: Double, digits: Int) -> String {
  let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  var text = String(Int64(scaled))
  if digits > 0 {
    text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
  }
  return (value < 0 && scaled > 0 ? "-" : "") + text
}

/// Text between or within the tags of a page; control characters, which pages forbid, become spaces.
func escapedForHTML(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case _ where scalar.properties.generalCategory == .control: result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
}

/// Text within the quotes of JSON that stands in a page, where neither "</script" nor "<!--" may occur.
func escapedForScript(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "") { result, scalar in
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "<": result += "\\u003c"
    case ">": result += "\\u003e"
    case "&": result += "\\u0026"
    case _ where scalar.properties.generalCategory == .control: result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
}

extension Color {
  /// #RRGGBB, as the web writes it.
  var hex: String {
    let parts = [red, green, blue].map { part in
      let byte = Int((min(max(part, 0), 1) * 255).rounded())
      return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "#" + parts.joined()
  }
}
