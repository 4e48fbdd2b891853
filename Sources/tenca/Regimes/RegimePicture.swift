internal import TencaNumerics
internal import TencaPlot

/// A series over bands in the colours of its regimes, with their probabilities below.
struct RegimePicture {
  /// What is shown, in rows that belong together.
  struct Content: Sendable {
    /// The words above the picture.
    var title: String
    /// The dates of the rows; nil where rows are numbered.
    var dates: [CalendarDate]?
    /// The numbers of the rows, which are shown where there are no dates.
    var rowNumbers: [Int]
    /// The value of each row; NaN is a gap.
    var levels: [Double]
    /// What the values are: "Close".
    var levelName: String
    /// Whether equal ratios of values are to be equal distances; values must be positive then.
    var isLogarithmic: Bool
    /// The names of the regimes in their order: calm to storm, or bear to bull.
    var labels: [String]
    /// Whether the first regime is drawn darkest and the last one lightest: for bear to bull.
    var isDarkestFirst = false
    /// The regime of each row.
    var path: [Int]
    /// The probability of each regime, rows × regimes.
    var probabilities: NDArray<Double>
    /// How the probabilities were found: "filtered", "smoothed" or "viterbi".
    var method: String
    /// The conditional standard deviation of each row; nil for no such panel.
    var volatility: [Double]?
    /// What is expected after the last row; nil for nothing.
    var forecast: Forecast?
  }

  /// What is expected after the last row.
  struct Forecast: Sendable {
    /// The dates of the steps; nil where rows are numbered.
    var dates: [CalendarDate]?
    /// Quantiles of the value at each step, in ascending order of levels.
    var quantiles: [(level: Double, values: [Double])]
    /// The probability of each regime, steps × regimes.
    var probabilities: NDArray<Double>
  }

  /// What is shown.
  let content: Content
  /// The colour of each regime.
  let colors: [Color]

  /// Makes a picture.
  ///
  /// - Throws: `PlotError.mismatch` where the parts differ in length.
  init(_ content: Content) throws {
    self.content = content
    let ordered = Palette.ordered(content.labels.count)
    colors = content.isDarkestFirst ? ordered.reversed() : ordered
    let rows = content.levels.count
    try Self.check(content.rowNumbers.count, rows, "row numbers")
    try Self.check(content.dates?.count ?? rows, rows, "dates")
    try Self.check(content.path.count, rows, "rows with a regime")
    try Self.check(content.probabilities.rows, rows, "rows of probabilities")
    try Self.check(content.probabilities.columns, content.labels.count, "columns of probabilities")
    try Self.check(content.volatility?.count ?? rows, rows, "volatilities")
    guard let forecast = content.forecast else { return }
    let steps = forecast.probabilities.rows
    try Self.check(forecast.dates?.count ?? steps, steps, "dates of a forecast")
    for quantile in forecast.quantiles {
      try Self.check(quantile.values.count, steps, "values of the quantile \(quantile.level)")
    }
  }

  /// Makes the picture of a part of a content that was found to be sound.
  init(part: Content, colors: [Color]) {
    content = part
    self.colors = colors
  }

  private static func check(_ found: Int, _ expected: Int, _ what: String) throws {
    guard found != expected else { return }
    throw PlotError.mismatch(chart: "regimes", what: what, expected: expected, found: found)
  }

  /// Puts the picture at a path: a page where it ends in .html, else in the format that its end names.
  ///
  /// - Throws: `PlotError`, for a path or for values that cannot be drawn.
  static func write(_ content: Content, to path: String) throws {
    let picture = try RegimePicture(content)
    guard isPage(path) else { return try picture.chart().write(to: path) }
    do {
      try ReplacingFile.write(Array(try picture.html().utf8), to: path)
    } catch let error as ReplacingFileError {
      throw PlotError.unwritable(path: path, reason: error.reason)
    }
  }

  /// Whether a path names a page of HTML.
  static func isPage(_ path: String) -> Bool { path.lowercased().hasSuffix(".html") }
}

/// Where rows stand, and what belongs to each.
extension RegimePicture {
  /// The places of the rows along x.
  var places: [Double] {
    content.dates.map { $0.map(Axis.place(of:)) } ?? content.rowNumbers.map(Double.init)
  }

  /// The places of the steps of the forecast.
  var placesAhead: [Double] {
    guard let forecast = content.forecast else { return [] }
    if let dates = forecast.dates { return dates.map(Axis.place(of:)) }
    let last = places.last ?? 0
    return (0..<forecast.probabilities.rows).map { last + Double($0 + 1) }
  }

  var xAxis: Axis { content.dates == nil ? .linear("Row") : .dates() }

  /// The regimes from the lightest to the darkest.
  var fromLight: [Int] {
    let all = Array(content.labels.indices)
    return content.isDarkestFirst ? all.reversed() : all
  }

  /// Where the band of each row ends and the next one's begins: halfway, as the row is the nearest.
  func edges(_ places: [Double]) -> [Double] {
    guard let first = places.first, let last = places.last else { return [] }
    return [first] + zip(places, places.dropFirst()).map { ($0 + $1) / 2 } + [last]
  }

  /// How the probabilities were found, with a warning where that took knowledge of later rows.
  var method: String {
    switch content.method {
    case "filtered": "filtered: from rows up to each"
    case "smoothed": "smoothed: looks ahead"
    case "viterbi": "Viterbi: looks ahead"
    default: content.method
    }
  }
}
