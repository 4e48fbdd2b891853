internal import TencaNumerics
internal import TencaPlot

/// The picture as one page of HTML, which needs nothing from anywhere else.
extension RegimePicture {
  /// The page of a content; see ``html()``.
  ///
  /// - Throws: `PlotError` for values that cannot be drawn.
  static func html(_ content: Content) throws -> String { try RegimePicture(content).html() }

  /// The picture with a table of the spells; with a script that reads out the row under the pointer, and
  /// whole without it.
  ///
  /// - Throws: `PlotError` for values that cannot be drawn.
  /// - Complexity: O(rows · regimes).
  func html() throws -> String {
    let (svg, areas) = try drawing()
    let title = escapedForHTML(content.title)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(title)</title>
      <style>
      \(Self.styleSheet)
      </style>
      </head>
      <body>
      <main>
      <h1>\(title)</h1>
      <div id="picture">
      \(svg)
      <div id="cursor" hidden="hidden"></div>
      <div id="dot" hidden="hidden"></div>
      </div>
      <p id="readout" aria-live="polite">\(summary)</p>
      \(table())
      </main>
      <script type="application/json" id="data">\(data(areas))</script>
      <script>
      \(Self.script)
      </script>
      </body>
      </html>

      """
  }

  /// The picture, and where in it the panels lie that share the axis of all rows.
  private func drawing() throws -> (svg: String, areas: [PlotArea]) {
    // The page has a heading.
    let chart = chart(isTitled: false)
    let size = Size(960, (chart.preferredSize.height * 1.1).rounded())
    let margin = 12.0
    let rect = Rect(x: 0, y: 0, width: size.width, height: size.height)
      .inset(by: Insets(top: margin, left: margin, bottom: margin, right: margin))
    var areas: [PlotArea] = []
    let bytes = try Canvas.encode(as: .svg, size: size, scale: 1) { canvas in
      canvas.title = content.title
      try chart.draw(on: canvas, in: rect)
      if let main = chart.charts[0] as? StackedChart {
        areas = try main.plotAreas(on: canvas, in: chart.slots(in: rect)[0])
      }
    }
    let file = String(decoding: bytes, as: UTF8.self)
    // Inside a page, no declaration of XML may come first.
    let start = file.firstRange(of: "<svg")?.lowerBound ?? file.startIndex
    return (String(file[start...]), areas)
  }

  /// What is said while nothing is pointed at.
  private var summary: String {
    let rows = "\(content.levels.count) rows in \(spells.count) spells of "
    let words = fromLight.map { regime in
      let count = content.path.count { $0 == regime }
      let share = 100 * Double(count) / Double(max(content.path.count, 1))
      return "\(swatch(regime)) \(escapedForHTML(content.labels[regime])) "
        + "\(decimal(share, digits: 1)) %"
    }
    return rows + words.joined(separator: ", ") + ". Probabilities are \(escapedForHTML(method))."
  }

  /// The spells, the latest first.
  private func table() -> String {
    let head = ["Regime", "From", "To", "Rows", "Change"].map { "<th>\($0)</th>" }.joined()
    let rows = spells.reversed().map { spell in
      let cells = [
        "<td>\(swatch(spell.regime)) \(escapedForHTML(content.labels[spell.regime]))</td>",
        "<td>\(name(of: spell.rows.lowerBound))</td>",
        "<td>\(name(of: spell.rows.upperBound - 1))</td>", "<td>\(spell.rows.count)</td>",
        "<td>\(change(spell).map { signed(100 * $0) + " %" } ?? "")</td>",
      ]
      return "<tr>\(cells.joined())</tr>"
    }
    return """
      <table>
      <caption>Spells, the latest first. The change of \(escapedForHTML(content.levelName)) is from the \
      last row before a spell to its own last row.</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private func name(of row: Int) -> String {
    content.dates.map { $0[row].description } ?? "row \(content.rowNumbers[row])"
  }

  private func swatch(_ regime: Int) -> String {
    "<i class=\"swatch\" style=\"background:\(colors[regime].hex)\"></i>"
  }

  private func signed(_ value: Double) -> String {
    (value < 0 ? "−" : "+") + decimal(abs(value), digits: 1)
  }
}
