import FoundationEssentials
import TencaNumerics
import TencaPlot
import Testing

@testable import tenca

/// Set TENCA_GALLERY to a folder to keep the pictures and look at them.
@Suite("Pictures of regimes")
struct RegimePictureTests {
  /// Weekdays of a walk that is rougher in every fourth stretch of 50.
  static func content(
    rows: Int, regimes: Int = 2, method: String = "smoothed", title: String = "prices.csv",
    isDated: Bool = true, ahead: Int = 0
  ) -> RegimePicture.Content {
    var state: UInt64 = 12345
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    let path = (0..<rows).map { row in row / 50 % 4 == 3 ? regimes - 1 : row / 7 % regimes }
    var level = 100.0
    let levels = path.map { regime -> Double in
      level *= 1 + (noise() - 0.49) * 0.02 * Double(1 + regime)
      return level
    }
    let rest = 0.2 / Double(max(regimes - 1, 1))
    func probabilities(_ path: [Int]) -> NDArray<Double> {
      NDArray(
        path.flatMap { regime in (0..<regimes).map { $0 == regime ? 0.8 : rest } },
        shape: [path.count, regimes])
    }
    let first = CalendarDate(year: 1950, month: 1, day: 3)!
    let dates = (0..<rows + ahead).map { first.advanced(byDays: $0 / 5 * 7 + $0 % 5) }
    var forecast: RegimePicture.Forecast?
    if ahead > 0 {
      forecast = RegimePicture.Forecast(
        dates: isDated ? Array(dates[rows...]) : nil,
        quantiles: [(0.05, 0.96), (0.5, 1.0), (0.95, 1.05)].map { quantile, factor in
          (quantile, (0..<ahead).map { _ in level * factor })
        }, probabilities: probabilities([Int](repeating: 0, count: ahead)))
    }
    return RegimePicture.Content(
      title: title, dates: isDated ? Array(dates[..<rows]) : nil, rowNumbers: Array(1...rows),
      levels: levels, levelName: "Close", isLogarithmic: true,
      labels: regimes == 2 ? ["calm", "storm"] : (0..<regimes).map { "regime \($0 + 1)" },
      path: path, probabilities: probabilities(path), method: method,
      volatility: path.map { 0.01 * Double($0 + 1) }, forecast: forecast)
  }

  /// The words of a picture, as its SVG lists them.
  static func words(_ content: RegimePicture.Content) throws -> [String] {
    let svg = String(
      decoding: try RegimePicture(content).chart().encoded(as: .svg), as: UTF8.self)
    let description = try #require(
      svg.split(separator: "<desc>").last?.split(separator: "</").first)
    return description.split(separator: "\n").map(String.init)
  }

  @Test("Every part is named")
  func words() throws {
    let words = try Self.words(Self.content(rows: 600, ahead: 30))
    for word in [
      "prices.csv", "Close", "calm", "storm", "Probability of regimes, smoothed: looks ahead",
      "5 to 95 %", "forecast, 50 %",
    ] {
      #expect(words.contains(word), "\(word) in \(words)")
    }
    // Ticks of months that name their year.
    for year in ["1951", "1952"] { #expect(words.contains { $0.hasSuffix(year) }, "\(words)") }
    let filtered = try Self.words(Self.content(rows: 60, method: "filtered", isDated: false))
    #expect(filtered.contains("Row"))
    #expect(!filtered.contains { $0.contains("looks ahead") })
    #expect(
      try Self.words(Self.content(rows: 60, method: "viterbi")).contains {
        $0.contains("looks ahead")
      })
  }

  @Test("Regimes go from light to dark, or from dark to light", arguments: [2, 3, 6, 9])
  func colors(_ regimes: Int) throws {
    var content = Self.content(rows: 300, regimes: regimes)
    func greys() throws -> [Double] {
      try RegimePicture(content).colors.map {
        0.2126 * $0.red + 0.7152 * $0.green + 0.0722 * $0.blue
      }
    }
    let forward = try greys()
    #expect(zip(forward, forward.dropFirst()).allSatisfy { $0 > $1 })
    content.isDarkestFirst = true
    #expect(try greys() == forward.reversed())
    let words = try Self.words(content)
    let named = words.filter { $0.hasPrefix("regime ") || $0 == "calm" || $0 == "storm" }
    // The legend has an order too: lightest first.
    #expect(named == content.labels.reversed())
  }

  @Test("A page is well formed, needs nothing from elsewhere and shows names as they are")
  func page() throws {
    let content = Self.content(rows: 300, title: "a<b>&\"c\" </script><!--")
    let html = try RegimePicture.html(content)
    #expect(html.contains("<h1>a&lt;b&gt;&amp;&quot;c&quot; &lt;/script&gt;&lt;!--</h1>"))
    try requireWellFormed(html)
    for forbidden in ["src=", "href=\"http", "url(http", "@import", "fetch(", "XMLHttp"] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
    // Two scripts: the rows and what reads them.
    #expect(html.ranges(of: "<script").count == 2 && html.ranges(of: "</script>").count == 2)
    #expect(html.contains("prefers-color-scheme: dark") && html.contains("@media print"))
    #expect(html.contains("smoothed: looks ahead"))
  }

  @Test("Names in the page's data end no script")
  func names() throws {
    var content = Self.content(rows: 20)
    content.labels = ["</script><b>\"\\\u{1}", "<!--"]
    content.levelName = "</script>"
    let html = try RegimePicture.html(content)
    try requireWellFormed(html)
    let data = try data(html)
    #expect(data.regimes == ["</script><b>\"\\ ", "<!--"] && data.value == "</script>")
  }

  private struct Data: Decodable {
    let regimes: [String]
    let value: String
    let x: [Double]
    let y: [Double]
    let rows: [Double]
    let values: [Double?]
    let path: [Int]
    let probabilities: [[Double?]]
  }

  private func data(_ html: String) throws -> Data {
    let start = try #require(html.firstRange(of: "id=\"data\">")).upperBound
    let end = try #require(html[start...].firstRange(of: "</script>")).lowerBound
    return try JSONDecoder().decode(
      Data.self, from: FoundationEssentials.Data(html[start..<end].utf8))
  }

  @Test("The page's data are the rows")
  func rows() throws {
    var content = Self.content(rows: 120, regimes: 3)
    content.levels[7] = .nan
    let data = try data(try RegimePicture.html(content))
    #expect(data.rows == content.dates!.map { Double($0.dayNumber) })
    #expect(data.path == content.path && data.probabilities.count == 2)
    for row in 0..<120 {
      if row == 7 {
        #expect(data.values[row] == nil)
      } else {
        #expect(abs(data.values[row]! - content.levels[row]) < 1e-4)
      }
      for regime in 0..<2 {
        let value = try #require(data.probabilities[regime][row])
        #expect(abs(value - 100 * content.probabilities[row, regime]) <= 0.5)
      }
    }
    #expect(data.x[0] < data.x[1] && data.x[2] < data.x[3] && data.x[3] <= 960)
    #expect(data.y[0] < data.y[1] && data.y[2] > data.y[3])
  }

  @Test("Spells follow each other, each with its change from the row before")
  func spells() throws {
    #expect(RegimePicture.spells([]).isEmpty)
    #expect(
      RegimePicture.spells([1, 1, 0, 1]) == [
        RegimePicture.Spell(regime: 1, rows: 0..<2), RegimePicture.Spell(regime: 0, rows: 2..<3),
        RegimePicture.Spell(regime: 1, rows: 3..<4),
      ])
    var content = Self.content(rows: 4)
    content.path = [1, 1, 0, 1]
    content.levels = [100, 110, 99, .nan]
    let picture = try RegimePicture(content)
    let changes = picture.spells.map(picture.change)
    #expect(abs(changes[0]! - 0.1) < 1e-12 && abs(changes[1]! + 0.1) < 1e-12 && changes[2] == nil)
    let html = try picture.html()
    #expect(html.contains("<td>+10.0 %</td>") && html.contains("<td>−10.0 %</td>"))
    #expect(html.ranges(of: "<tr>").count == 4)
  }

  @Test("All formats are written, small and soon, for seventy years of days")
  func long() throws {
    let folder = try TemporaryFolder()
    let place = ProcessInfo.processInfo.environment["TENCA_GALLERY"] ?? folder.path
    let content = Self.content(rows: 17_346, regimes: 3, ahead: 20)
    for (format, limit) in [
      ("png", 500_000), ("svg", 900_000), ("pdf", 400_000), ("html", 2_000_000),
    ] {
      let path = "\(place)/regimes.\(format)"
      try RegimePicture.write(content, to: path)
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(try #require(size) < limit, "\(format)")
    }
    #expect(throws: PlotError.self) {
      try RegimePicture.write(content, to: "\(place)/regimes.txt")
    }
  }

  @Test("Short, long, dated, numbered, with and without parts")
  func shapes() throws {
    for rows in [1, 2, 131] {
      for regimes in [1, 2, 7] {
        for isDated in [true, false] {
          for ahead in [0, 1, 8] {
            var content = Self.content(
              rows: rows, regimes: regimes, isDated: isDated, ahead: ahead)
            if rows == 2 { content.volatility = nil }
            try requireWellFormed(try RegimePicture.html(content))
          }
        }
      }
    }
  }

  @Test("Parts of unlike length are refused")
  func mismatch() {
    var content = Self.content(rows: 10)
    content.path.removeLast()
    #expect(throws: PlotError.self) { try RegimePicture(content) }
    content = Self.content(rows: 10)
    content.labels.append("more")
    #expect(throws: PlotError.self) { try RegimePicture(content) }
    content = Self.content(rows: 10, ahead: 3)
    content.forecast?.quantiles[0].values.removeLast()
    #expect(throws: PlotError.self) { try RegimePicture(content) }
  }
}

/// Checks that tags are closed in the order in which they were opened, that attributes are quoted and
/// that ampersands begin entities. What stands within scripts and styles is not looked at.
private func requireWellFormed(
  _ page: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var open: [Substring] = []
  var rest = page[...]
  while let start = rest.firstIndex(of: "<") {
    try requireEntities(rest[..<start], sourceLocation)
    let end = try #require(rest[start...].firstIndex(of: ">"), sourceLocation: sourceLocation)
    let tag = rest[rest.index(after: start)..<end]
    rest = rest[rest.index(after: end)...]
    if tag.hasPrefix("!") || tag.hasPrefix("?") { continue }
    if tag.hasPrefix("/") {
      #expect(open.popLast() == tag.dropFirst(), sourceLocation: sourceLocation)
      continue
    }
    #expect(tag.count { $0 == "\"" }.isMultiple(of: 2), "\(tag)", sourceLocation: sourceLocation)
    let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == ":" }
    try #require(!name.isEmpty, "<\(tag)>", sourceLocation: sourceLocation)
    if tag.hasSuffix("/") { continue }
    open.append(name)
    if ["script", "style"].contains(name) {
      let close = try #require(rest.firstRange(of: "</\(name)"), sourceLocation: sourceLocation)
      rest = rest[close.lowerBound...]
    }
  }
  #expect(open.isEmpty, sourceLocation: sourceLocation)
}

private func requireEntities(_ text: Substring, _ sourceLocation: SourceLocation) throws {
  for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
    let name = try #require(part.firstIndex(of: ";"), sourceLocation: sourceLocation)
    #expect(part[..<name].count <= 5, "&\(part)", sourceLocation: sourceLocation)
  }
}
