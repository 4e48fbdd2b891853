/// The points that decide how a line looks on pixels: of those that follow each other within one
/// column of pixels, the first, the lowest, the highest and the last.
///
/// The aggregation M4 of Jugel, Jerzak, Hackenbroich and Markl, "M4: A Visualization-Oriented Time
/// Series Data Aggregation" (2014): drawn without smoothing, the picture is the same to the pixel.
///
/// - Parameters:
///   - points: The line, in any order along x.
///   - columnWidth: The width of a pixel, in points.
/// - Complexity: O(`points.count`); a line that runs one way leaves at most four points a column.
func thinned(_ points: ArraySlice<Point>, columnWidth: Double) -> [Point] {
  var kept: [Point] = []
  var start = points.startIndex
  while start < points.endIndex {
    let column = (points[start].x / columnWidth).rounded(.down)
    var (end, lowest, highest) = (start, start, start)
    while end < points.endIndex, (points[end].x / columnWidth).rounded(.down) == column {
      if points[end].y < points[lowest].y { lowest = end }
      if points[end].y > points[highest].y { highest = end }
      end += 1
    }
    let (earlier, later) = (min(lowest, highest), max(lowest, highest))
    kept.append(points[start])
    if earlier > start { kept.append(points[earlier]) }
    if later > earlier { kept.append(points[later]) }
    if end - 1 > later { kept.append(points[end - 1]) }
    start = end
  }
  return kept
}
