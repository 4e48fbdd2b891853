extension LineChart {
  /// Stretches of x that are coloured from the bottom to the top: the regimes of a market, for example.
  ///
  /// On pixels, a stretch too short to be seen takes the whole of its pixel; where several are, one of
  /// the last region that has any.
  public struct Region: Sendable, Equatable {
    /// The name in the legend; nil to leave it out.
    public var name: String?
    /// The stretches, which may touch those of other regions but not overlap them.
    public var stretches: [ClosedRange<Double>]
    /// The colour, drawn as it is.
    public var color: Color

    /// Makes a region.
    public init(_ name: String? = nil, stretches: [ClosedRange<Double>], color: Color) {
      self.name = name
      self.stretches = stretches
      self.color = color
    }
  }

  /// Draws the regions, column of pixels by column of pixels.
  func drawRegions(on canvas: Canvas, in area: PlotArea) {
    guard !regions.isEmpty else { return }
    let width = 1 / canvas.scale
    let places = regions.map { region in
      region.stretches.filter { $0.lowerBound.isFinite && $0.upperBound.isFinite }.map {
        let ends = [area.x($0.lowerBound), area.x($0.upperBound)].map { ($0 - area.rect.x) / width }
        return ends.min()!...ends.max()!
      }
    }
    let columns = visibleRegions(places, columns: Int((area.rect.width / width).rounded(.up)))
    var start = 0
    while start < columns.count {
      let end = columns[start...].firstIndex { $0 != columns[start] } ?? columns.count
      if let region = columns[start] {
        // A column under the next region keeps the background from shining through the seam.
        let reach = Double(min(end + 1, columns.count) - start)
        let isFollowed = end < columns.count && columns[end] != nil
        canvas.rectangle(
          Rect(
            x: area.rect.x + Double(start) * width, y: area.rect.y,
            width: (isFollowed ? reach : Double(end - start)) * width, height: area.rect.height),
          fill: regions[region].color)
      }
      start = end
    }
  }
}

/// Which of several regions each column of pixels shows; nil where there is none.
///
/// A column belongs to the region that covers most of it. But a stretch that would be seen nowhere, or
/// only there, has a claim to the column in its middle; of several claims, that of the last region is
/// met. So a week of storm in sixty years of calm is one column wide; and where calm and storm take turns
/// by the day, storm is seen, if it comes last.
///
/// - Parameters:
///   - regions: The stretches of every region, in columns: 0 is the left edge of the first.
///   - columns: The number of columns.
/// - Complexity: O(stretches + columns · regions) where stretches do not overlap.
func visibleRegions(_ regions: [[ClosedRange<Double>]], columns: Int) -> [Int?] {
  let whole = 0...Double(columns)
  let visible = regions.map { stretches in
    stretches.filter { $0.overlaps(whole) }.map { $0.clamped(to: whole) }
  }
  var coverage = [[Double]](
    repeating: [Double](repeating: 0, count: columns), count: regions.count)
  for (region, stretches) in visible.enumerated() {
    for stretch in stretches {
      for column in covered(by: stretch, columns) {
        let part =
          min(stretch.upperBound, Double(column + 1))
          - max(
            stretch.lowerBound, Double(column))
        coverage[region][column] += max(part, 0)
      }
    }
  }
  var shown = (0..<columns).map { column -> Int? in
    let most = regions.indices.max { coverage[$0][column] < coverage[$1][column] }
    return most.flatMap { coverage[$0][column] > 0 ? $0 : nil }
  }
  var claims = [Int?](repeating: nil, count: columns)
  for (region, stretches) in visible.enumerated() {
    for stretch in stretches {
      let own = covered(by: stretch, columns).filter { shown[$0] == region }
      guard own.count < 2, columns > 0 else { continue }
      let middle = Int((stretch.lowerBound + stretch.upperBound) / 2)
      let column = own.first ?? min(middle, columns - 1)
      // Regions come in order, so the last one stays.
      claims[column] = region
    }
  }
  for (column, claim) in claims.enumerated() where claim != nil { shown[column] = claim }
  return shown
}

/// The columns that a stretch covers, wholly or in part; the one that it stands in where it has no width.
private func covered(by stretch: ClosedRange<Double>, _ columns: Int) -> Range<Int> {
  let first = min(Int(stretch.lowerBound), max(columns - 1, 0))
  return first..<min(max(Int(stretch.upperBound.rounded(.up)), first + 1), columns)
}
