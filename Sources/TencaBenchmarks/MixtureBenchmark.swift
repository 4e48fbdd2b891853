import ArgumentParser
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

/// One EM iteration of every covariance kind, k-means, and the scoring of rows.
struct MixtureBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mixtures", abstract: "EM iterations, k-means and scoring of made-up rows.",
    discussion: """
      An iteration is timed as the difference between a fit of 6 and one of 1, which leaves out what
      a fit does once. The peer is scikit-learn on rows of the same distribution.
      """)

  @Option(help: "Rows.") var rows = 200_000
  @Option(help: "Columns.") var columns = 39
  @Option(help: "Components.") var components = 16
  @Option(help: "Standard deviation of the centres, where that of rows around one is 1.")
  var spread = 0.7
  @Option(help: "Threads.") var threads = 1
  @Option(help: "Passes, after one that is not counted.") var passes = 3
  @Option(help: "Only what has this in its name.") var only = ""

  @Option(help: "Fit the rows of this NPY file instead, ten iterations, without loading it.")
  var file: String?

  func run() throws {
    if let file { return try fitFile(file) }
    let data = madeUpRows()
    let size = [
      "rows": Double(rows), "columns": Double(columns), "components": Double(components),
    ]
    let execution = Execution(threads: threads)
    for kind in CovarianceKind.allCases where "em-\(kind.rawValue)".contains(only) {
      let start = try startingModel(data, kind)
      func fit(_ iterations: Int) throws {
        _ = try GaussianMixture.fit(
          data,
          options: GaussianMixtureOptions(
            components: components, covariance: kind, iterations: iterations, tolerance: 0,
            minimumOccupancy: 0, start: .model(start)),
          execution: execution)
      }
      let one = try Measurement.of("", threads: threads, passes: passes, size: size) { try fit(1) }
      let six = try Measurement.of("", threads: threads, passes: passes, size: size) { try fit(6) }
      print(
        try JSONText.encodeLine(
          six.minus(one, dividedBy: 5, name: "em-\(kind.rawValue)")))
      if "score-\(kind.rawValue)".contains(only) {
        let scorer = MixtureScorer(start)
        let score = try Measurement.of(
          "score-\(kind.rawValue)", threads: threads, passes: passes, size: size
        ) { _ = try scorer.logDensities(data, execution: execution) }
        print(try JSONText.encodeLine(score))
      }
    }
    if "k-means".contains(only) {
      let clustering = try Measurement.of(
        "k-means", threads: threads, passes: passes, size: size
      ) {
        _ = try KMeans.fit(
          data,
          options: KMeansOptions(
            clusters: components, iterations: 20, tolerance: 0,
            start: .centroids(data.rows(0..<components).converted())),
          execution: execution)
      }
      print(try JSONText.encodeLine(clustering))
    }
  }

  /// Ten iterations over a mapped file.
  private func fitFile(_ path: String) throws {
    let rows = try NPYRowReader(path: path)
    let size = ["rows": Double(rows.rowCount), "columns": Double(rows.columnCount)]
    let measurement = try Measurement.of(
      "em-file", threads: threads, passes: passes, size: size
    ) {
      _ = try GaussianMixture.fit(
        rows,
        options: GaussianMixtureOptions(
          components: components, iterations: 10, tolerance: 0, restarts: 1, start: .kMeans),
        execution: Execution(threads: threads))
    }
    print(try JSONText.encodeLine(measurement))
  }

  /// Rows around as many centres as there are components.
  private func madeUpRows() -> NDArray<Float> {
    var random = RandomStream(seed: 0)
    let centres = (0..<components * columns).map { _ in Float(spread * random.normal()) }
    let (rows, columns, components) = (rows, columns, components)
    return NDArray(shape: [rows, columns]) { target in
      random.fillNormal(target)
      for row in 0..<rows {
        let centre = random.integer(below: components) * columns
        for column in 0..<columns { target[row * columns + column] += centres[centre + column] }
      }
    }
  }

  /// The first rows as means, as the peer starts too.
  private func startingModel(
    _ data: NDArray<Float>, _ kind: CovarianceKind
  ) throws -> GaussianMixture {
    try GaussianMixture.fit(
      data.rows(0..<min(rows, 50 * components)),
      options: GaussianMixtureOptions(
        components: components, covariance: kind, iterations: 0, minimumOccupancy: 0, restarts: 1,
        start: .randomRows)
    ).model
  }
}

extension Measurement {
  /// What is left of this measurement without another, in equal parts.
  func minus(_ other: Measurement, dividedBy parts: Double, name: String) -> Measurement {
    Measurement(
      name: name, threads: threads, wall: (wall - other.wall) / parts,
      cpu: (cpu - other.cpu) / parts, medianWall: (medianWall - other.medianWall) / parts,
      passes: passes, peakMemory: peakMemory, size: size)
  }
}
