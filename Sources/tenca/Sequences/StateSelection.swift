import ArgumentParser
internal import TencaMarkov
internal import TencaPlot

/// `--criterion` of `--select` by name.
enum StateCriterion: String, ExpressibleByArgument, CaseIterable {
  case bic, aic, icl
  case heldOut = "held-out"

  /// - Parameter sequences: How many there are.
  func criterion(_ sequences: Int) -> StateCountCriterion {
    switch self {
    case .bic: .bic
    case .aic: .aic
    case .icl: .icl
    case .heldOut: .heldOut(parts: sequences > 1 ? min(5, sequences) : 5)
    }
  }
}

/// The curve of a choice among numbers of states.
enum StateSelectionPicture {
  static func chart(
    _ selection: HiddenMarkovSelection<AnyEmission>, _ criterion: StateCriterion
  ) -> LineChart {
    let best = selection.candidates[selection.best]
    let name = criterion.rawValue.uppercased()
    let curve = Series(
      name, x: selection.candidates.map { Double($0.states) }, y: selection.candidates.map(\.score),
      marker: .circle)
    var ring = Series(
      "best: \(best.states)", x: [Double(best.states)], y: [best.score], color: Palette.color(1),
      marker: .diamond)
    ring.width = 0
    return LineChart(
      [curve, ring], title: "\(name) by number of states (less is better)",
      xAxis: .linear("States"), yAxis: .linear(name))
  }
}
