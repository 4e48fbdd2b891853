internal import TencaMixture
internal import TencaPlot

/// The curves of a choice among mixtures.
enum SelectionPicture {
  /// A line for every kind of covariance over the number of components, and a ring where the least
  /// value lies.
  static func chart(_ selection: MixtureSelection, _ criterion: Criterion) -> LineChart {
    let kinds = CovarianceKind.allCases.filter { kind in
      selection.candidates.contains { $0.covariance == kind }
    }
    var lines = kinds.map { kind in
      let own = selection.candidates.filter { $0.covariance == kind }
      return Series(
        kind.rawValue, x: own.map { Double($0.components) }, y: own.map(\.score), marker: .circle)
    }
    let best = selection.candidates[selection.best]
    var ring = Series(
      "best: \(best.components), \(best.covariance.rawValue)", x: [Double(best.components)],
      y: [best.score], color: Palette.color(kinds.count), marker: .diamond)
    ring.width = 0
    lines.append(ring)
    let name = criterion.rawValue.uppercased()
    return LineChart(
      lines, title: "\(name) by number of components (less is better)",
      xAxis: .linear("Components"), yAxis: .linear(name))
  }
}
