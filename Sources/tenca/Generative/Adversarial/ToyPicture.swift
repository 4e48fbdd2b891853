internal import TencaGenerative
internal import TencaNumerics
internal import TencaPlot

/// Points that a generator makes, over what the discriminator says of every place.
enum ToyPicture {
  /// Places along each axis at which the discriminator is asked.
  private static let places = 160

  static func chart(
    _ outcome: ToyExperiment.Outcome, _ distribution: ToyDistribution, title: String
  ) -> FieldChart {
    let reach = distribution.reach
    let steps = (0..<places).map { reach * (2 * (Double($0) + 0.5) / Double(places) - 1) }
    let scores = outcome.scores(ofPoints: steps.flatMap { x in steps.flatMap { [x, $0] } })
    var field = Heatmap(NDArray(scores.map(Float.init), shape: [places, places]))
    field.xExtent = -reach...reach
    field.yExtent = -reach...reach
    field.valueLabel = "score of the discriminator"
    let indices = stride(from: 0, to: outcome.points.count, by: 2)
    let centres = distribution.centres
    let points = ScatterChart([
      .init(
        "centres", x: centres.map(\.x), y: centres.map(\.y), color: .white, opacity: 0.9,
        marker: .diamond),
      .init(
        "made", x: indices.map { outcome.points[$0] }, y: indices.map { outcome.points[$0 + 1] },
        color: .black, opacity: 0.35, marker: .circle),
    ])
    return FieldChart(field: field, points: points, title: title, reach: reach)
  }
}

/// Points over a field.
struct FieldChart: Panel {
  let field: Heatmap
  var points: ScatterChart
  var title: String?
  var xAxis: Axis
  var yAxis: Axis

  init(field: Heatmap, points: ScatterChart, title: String, reach: Double) {
    (self.field, self.points, self.title) = (field, points, title)
    xAxis = Axis(range: -reach...reach)
    yAxis = Axis(range: -reach...reach)
    self.points.radius = 1.5
  }

  var preferredSize: Size { Size(560, 460) }
  var aspectRatio: Double? { 1 }

  func dataBounds() throws -> DataBounds { try points.dataBounds() }

  func aside() throws -> (any Aside)? { try field.aside() }

  func drawContent(on canvas: Canvas, in area: PlotArea) throws {
    try field.drawContent(on: canvas, in: area)
    points.drawContent(on: canvas, in: area)
  }
}
