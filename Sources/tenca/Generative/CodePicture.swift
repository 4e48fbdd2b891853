internal import TencaGenerative
internal import TencaNumerics
internal import TencaPlot

/// Codes as points, coloured by class, beside the distribution that new codes are drawn from.
enum CodePicture {
  /// The radius within which 95 of 100 draws from the standard normal of two dimensions lie.
  private static let reach = 2.4477

  /// The chart of codes: both their numbers, or of longer ones the two principal components.
  ///
  /// - Parameters:
  ///   - codes: examples × code numbers.
  ///   - examples: What they are the codes of.
  /// - Throws: `LinearAlgebraError` for codes that are not finite.
  static func chart(_ codes: NDArray<Double>, of examples: ExampleSet) throws -> ScatterChart {
    var (places, center) = (codes, (x: 0.0, y: 0.0))
    if codes.columns > 2 {
      let components = try PrincipalComponents(of: codes, count: 2)
      places = components.project(codes)
      let origin = components.project(NDArray<Double>(zeros: [1, codes.columns]))
      center = (origin[0, 0], origin.columns > 1 ? origin[0, 1] : 0)
    }
    func name(_ axis: Int) -> String {
      codes.columns > 2 ? "Principal component \(axis + 1) of codes" : "Code number \(axis + 1)"
    }
    func group(_ title: String?, _ rows: [Int], _ index: Int) -> ScatterChart.Group {
      ScatterChart.Group(
        title, x: rows.map { places[$0, 0] },
        y: rows.map { places.columns > 1 ? places[$0, 1] : 0 }, color: Palette.color(index),
        opacity: 0.5, marker: .circle)
    }
    let rows = Array(0..<codes.rows)
    let groups =
      examples.labels.map { labels in
        let parts = Dictionary(grouping: rows) { labels[$0] }
        return examples.classNames.enumerated().map { group($1, parts[$0] ?? [], $0) }
      } ?? [group(nil, rows, 0)]
    var chart = ScatterChart(
      groups,
      ellipses: [try Ellipse(mean: center, covariance: (1, 0, 1), deviations: reach)],
      title: "Codes of \(counted(codes.rows, "example", "examples")), and where 95% of draws from "
        + "the prior lie",
      xAxis: .linear(name(0)), yAxis: .linear(name(1)))
    chart.radius = codes.rows > 1000 ? 1.5 : 3
    return chart
  }
}
