internal import TencaPlot

/// Pictures of rows in clusters, on two principal components.
enum ClusterPicture {
  /// A point of each row; its colour mixes those of its clusters by their probabilities.
  ///
  /// - Parameters:
  ///   - places: The coordinates of each row along x and y.
  ///   - shares: The probability of each cluster at each row.
  ///   - names: What the legend calls the clusters.
  static func groups(
    _ places: [(x: Double, y: Double)], shares: [[Double]], names: [String]
  ) -> [ScatterChart.Group] {
    // A legend entry a cluster, in its pure colour, without points of its own.
    let legend = names.enumerated().map { index, name in
      ScatterChart.Group(name, x: [], y: [], color: Palette.color(index), marker: .circle)
    }
    // Rows whose colours look the same are drawn together.
    let colors = shares.map(mixture)
    let rows = Dictionary(grouping: places.indices) { colors[$0] }
    let shown = rows.sorted { $0.value[0] < $1.value[0] }.map { color, rows in
      ScatterChart.Group(
        x: rows.map { places[$0].x }, y: rows.map { places[$0].y }, color: color, opacity: 0.75,
        marker: .circle)
    }
    return legend + shown
  }

  /// The palette's colours mixed in proportion, in steps of a twentieth.
  private static func mixture(_ shares: [Double]) -> Color {
    var (red, green, blue) = (0.0, 0.0, 0.0)
    for (index, share) in shares.enumerated() {
      let (color, part) = (Palette.color(index), (20 * share).rounded() / 20)
      red += part * color.red
      green += part * color.green
      blue += part * color.blue
    }
    return Color(red: min(red, 1), green: min(green, 1), blue: min(blue, 1))
  }

  /// The probabilities that a cluster without doubt stands for.
  static func certainty(of label: Int, among count: Int) -> [Double] {
    (0..<count).map { $0 == label ? 1 : 0 }
  }
}
