internal import TencaNumerics

/// One descent of Lloyd's algorithm from one start, in standardised coordinates.
struct LloydRun: Sendable {
  /// clusters × columns.
  let centroids: [Double]
  let clusters: Int
  let labels: [Int32]
  /// Of the start, then after each move.
  private(set) var inertiaHistory: [Double] = []
  private(set) var converged = false

  var iterations: Int { inertiaHistory.count - 1 }

  /// The run with the least inertia among `options.restarts`; of equals the first.
  static func best(
    _ rows: StandardizedRows, options: KMeansOptions, execution: Execution
  ) throws -> LloydRun {
    let root = RandomStream(seed: options.seed)
    var best: LloydRun?
    if case .centroids(let centroids) = options.start {
      return try LloydRun(
        rows.frame.enter(means: centroids).elements, rows: rows, options: options,
        execution: execution)
    }
    let sample = try StartRows(
      rows, limit: options.startRows, random: root.split(UInt64.max), execution: execution
    ).framed
    for restart in 0..<options.restarts {
      var random = root.split(UInt64(restart))
      let start = try KMeansSeeding.centroids(
        options.clusters, from: sample, random: &random, execution: execution)
      let run = try LloydRun(start, rows: rows, options: options, execution: execution)
      if best == nil || run.inertiaHistory.last! < best!.inertiaHistory.last! { best = run }
    }
    return best!
  }

  private init(
    _ start: [Double], rows: StandardizedRows, options: KMeansOptions, execution: Execution
  ) throws {
    func report(_ moves: Int) {
      execution.progress(.init(task: "k-means", completed: moves, total: options.iterations))
    }
    report(0)
    var tracker = try CentroidTracker(start, rows: rows, execution: execution)
    inertiaHistory = [tracker.clusters.inertia]
    for iteration in 0..<options.iterations {
      report(iteration + 1)
      let changed = try tracker.move()
      let inertia = tracker.clusters.inertia
      let gain = inertiaHistory.last! - inertia
      inertiaHistory.append(inertia)
      if !changed || gain <= options.tolerance * inertia {
        converged = true
        break
      }
    }
    centroids = tracker.nearest.centroids
    clusters = tracker.nearest.count
    labels = tracker.labels
  }
}
