/// What charts with a common x axis draw alike.
extension Canvas {
  /// Draws one line without gaps; a lone point becomes a dot.
  func longLine(_ points: [Point], _ stroke: Stroke) {
    if points.count == 1 {
      marker(.circle, at: points[0], radius: stroke.width, fill: stroke.color)
      return
    }
    // The time of one stroke grows faster than its length; but pieces would start dashes anew.
    let piece = stroke.dash.isEmpty ? 256 : points.count
    for start in stride(from: 0, to: points.count - 1, by: piece) {
      polyline(points[start...min(start + piece, points.count - 1)], stroke)
    }
  }

  /// Draws dashed lines from the bottom to the top of a plotting area at places along x.
  func verticalMarks(_ places: [Double], in area: PlotArea) {
    for place in places where place.isFinite {
      let x = snapped(area.x(place))
      line(
        from: Point(x, area.rect.y), to: Point(x, area.rect.maxY),
        Stroke(Style.axisLine.color, dash: [4, 3]))
    }
  }
}
