import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics
internal import TencaPlot

/// `tenca compare-clusters`: what the hard and the soft answer say of one table.
struct CompareClustersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare-clusters",
    abstract: "Cluster a table by k-means and by a Gaussian mixture, and compare the two.",
    usage: "tenca compare-clusters [<options>] <data>",
    discussion: """
      Beside known classes, with a picture on the first two principal components:

        tenca compare-clusters iris.csv -k 3 --label species --picture iris.png
        tenca compare-clusters rice.csv -k 5 --standardize --label CLASS --json

      k-means gives every row to the nearest centroid; a mixture gives each component a
      probability, from the component's own spread. The rows on which they differ lie
      between clusters.
      """)

  @Argument(
    help: "A table: .csv with a line of column names, .npy, or - for CSV on standard input.",
    completion: .file())
  var data: String

  @OptionGroup var columns: ColumnArguments

  @Flag(help: "Bring every column to mean 0 and standard deviation 1 first.")
  var standardize = false

  @Option(name: [.customShort("k"), .long], help: "How many clusters.")
  var clusters = 3

  @Option(help: "What shapes the components of the mixture may take.")
  var covariance = CovarianceKind.full

  @Option(help: "How many starts are tried of each.")
  var restarts = 10

  @Option(help: "The same seed gives the same clusters.")
  var seed: UInt64 = 0

  @Option(
    help: "Draw both answers to .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if clusters < 1 { throw ValidationError("--clusters \(clusters): at least 1.") }
    if restarts < 1 { throw ValidationError("--restarts \(restarts): at least 1.") }
  }

  func run() throws {
    if let picture { try OutputPath.checkPicture(picture) }
    try work.run { execution in
      let table = try columns.table(at: data, allowsMissing: false)
      let rows = try values(of: table, execution)
      let comparison = try ClusterComparison(
        of: rows, clusters: clusters, covariance: covariance, restarts: restarts, seed: seed,
        execution: execution)
      for warning in comparison.kMeans.warnings {
        work.logger.warning("k-means: \(warning)")
      }
      for warning in comparison.mixture.warnings {
        work.logger.warning("mixture: \(warning)")
      }
      let result = ClusterComparisonReport(comparison, of: table.path, classes: table.labels)
      try report.write(result)
      if let picture { try Self.chart(comparison, of: rows).write(to: picture) }
    }
  }

  private func values(of table: RowTable, _ execution: Execution) throws -> NDArray<Float> {
    let rows =
      standardize
      ? try ColumnStandardization(of: table.rows, execution: execution).applied(to: table.rows)
      : table.rows
    return try rows.block(0..<rows.rowCount).converted()
  }

  /// Hard colours on the left; soft ones, with the components' ellipses, on the right.
  private static func chart(
    _ comparison: ClusterComparison, of rows: NDArray<Float>
  ) throws -> any Chart {
    let components = try PrincipalComponents(of: rows, count: 2)
    let projected = components.project(rows)
    // Data of a single column lie on a line.
    let isFlat = projected.columns < 2
    let places = (0..<rows.rows).map { (x: projected[$0, 0], y: isFlat ? 0 : projected[$0, 1]) }
    let names = comparison.componentOrder.indices.map { "\($0)" }
    let axes = components.explainedShares.enumerated().map { index, share in
      Axis.linear(
        "Principal component \(index + 1) (\((100 * share).formatted(decimals: 1))% of variance)")
    }
    let hardCount = comparison.kMeans.model.centroids.rows
    let hard = ScatterChart(
      ClusterPicture.groups(
        places,
        shares: comparison.hardLabels.map { ClusterPicture.certainty(of: $0, among: hardCount) },
        names: (0..<hardCount).map { "\($0)" }),
      title: "k-means", xAxis: axes[0], yAxis: isFlat ? Axis() : axes[1])
    let soft = ScatterChart(
      ClusterPicture.groups(
        places, shares: (0..<rows.rows).map { comparison.responsibilities.row($0).elements },
        names: names),
      ellipses: isFlat ? [] : try ellipses(comparison, along: components),
      title: "Gaussian mixture", xAxis: axes[0], yAxis: isFlat ? Axis() : axes[1])
    // The ellipses reach farther than the points; both show as much, so that points stand in the
    // same places.
    let bounds = try soft.dataBounds()
    return ChartRow([hard.showing(bounds), soft.showing(bounds)])
  }

  /// Two standard deviations around every component's mean.
  private static func ellipses(
    _ comparison: ClusterComparison, along components: PrincipalComponents
  ) throws -> [Ellipse] {
    try comparison.componentOrder.indices.map { name in
      let mean = components.project(
        comparison.meanVector(name).reshaped([1, components.meanVector.count]))
      let covariance = components.project(covariance: comparison.covarianceMatrix(name))
      return try Ellipse(
        mean: (mean[0, 0], mean[0, 1]),
        covariance: (covariance[0, 0], covariance[0, 1], covariance[1, 1]),
        color: Palette.color(name))
    }
  }
}

extension ScatterChart {
  /// This chart with these extents and a margin around them; where all rows lie on a line, the
  /// chart's own.
  fileprivate func showing(_ bounds: DataBounds) -> ScatterChart {
    func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double>? {
      if range.lowerBound == range.upperBound { return nil }
      let margin = 0.05 * (range.upperBound - range.lowerBound)
      return range.lowerBound - margin...range.upperBound + margin
    }
    var copy = self
    copy.xAxis.range = widened(bounds.x)
    copy.yAxis.range = widened(bounds.y)
    return copy
  }
}
