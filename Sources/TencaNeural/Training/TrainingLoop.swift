public import TencaNumerics

/// Trains in batches and epochs, with checkpoints from which a run goes on as if it had never stopped.
public struct TrainingLoop: Sendable {
  /// How often all examples are seen.
  public var epochs: Int
  /// The examples of a step.
  public var batchSize: Int
  /// What order, noise and first weights depend on.
  public var seed: UInt64
  /// Steps between checkpoints; 0 for none but at epochs' ends.
  public var checkpointSteps: Int
  /// Steps between reports; 0 for none but at epochs' ends.
  public var reportSteps: Int
  /// In what products and convolutions of steps take their operands. It belongs in a checkpoint's recipe.
  public var products: ProductPrecision

  /// A way of training.
  public init(
    epochs: Int, batchSize: Int, seed: UInt64, checkpointSteps: Int = 0, reportSteps: Int = 0,
    products: ProductPrecision = .single
  ) {
    (self.epochs, self.batchSize) = (epochs, batchSize)
    (self.seed, self.checkpointSteps) = (seed, checkpointSteps)
    (self.reportSteps, self.products) = (reportSteps, products)
  }

  /// What is measured between two reports: means over their steps.
  public struct EpochReport: Sendable, Equatable {
    /// The epoch, from 1.
    public let epoch: Int
    /// The steps taken so far.
    public let steps: Int
    /// Means over the steps since the last report, or since the run began or went on.
    public var measures: [TrainingMeasure]
    /// Examples a second.
    public let throughput: Double
    /// The time that those steps took.
    public let seconds: Double
  }

  /// Trains until all epochs are done.
  ///
  /// - Parameters:
  ///   - trainee: What is trained.
  ///   - start: The steps that the trainee has taken already.
  ///   - execution: Shows progress, and stops the run between steps.
  ///   - save: Writes a checkpoint; called every ``checkpointSteps``, at the end of each epoch, and when
  ///     the run is stopped.
  ///   - report: Called at the end of each epoch, and every ``reportSteps``.
  /// - Throws: `CancellationError` when stopped, ``NeuralError`` when options are wrong or a loss, a
  ///   gradient or a measure becomes NaN or infinite, and what step and save throw.
  public func run<T: Trainee>(
    _ trainee: inout T, from start: Int = 0, execution: Execution,
    save: (T, _ steps: Int) throws -> Void, report: (EpochReport, T) throws -> Void
  ) throws {
    try check(trainee.exampleCount)
    let perEpoch = stepsPerEpoch(trainee.exampleCount)
    let total = perEpoch * epochs
    let clock = ContinuousClock()
    var step = start
    while step < total {
      let epoch = step / perEpoch
      let order = order(of: trainee.exampleCount, epoch: epoch)
      var sums: [TrainingMeasure] = []
      var first = step
      var began = clock.now
      func reportMeans() throws {
        let seconds = (clock.now - began) / .seconds(1)
        let steps = Double(step - first)
        try report(
          EpochReport(
            epoch: epoch + 1, steps: step,
            measures: sums.map { .init($0.name, $0.value / steps) },
            throughput: steps * Double(batchSize) / max(seconds, 1e-9), seconds: seconds), trainee)
        (sums, first, began) = ([], step, clock.now)
      }
      for index in step % perEpoch..<perEpoch {
        if execution.cancellation.isCancelled {
          try save(trainee, step)
          throw CancellationError()
        }
        let batch = Array(order[index * batchSize..<min((index + 1) * batchSize, order.count)])
        let moment = TrainingMoment(
          step: step, epoch: epoch, totalSteps: total, random: stream.split(UInt64(2 * step + 1)))
        let measures = try ProductPrecision.$current.withValue(products) {
          try self.step(&trainee, batch, moment)
        }
        step += 1
        sums =
          sums.isEmpty
          ? measures : zip(sums, measures).map { .init($0.name, $0.value + $1.value) }
        let loss = measures.first.map { " \($0.name) \(Self.short($0.value))" } ?? ""
        execution.progress(
          .init(task: "epoch \(epoch + 1) of \(epochs)\(loss)", completed: step, total: total))
        if checkpointSteps > 0 && step % checkpointSteps == 0 { try save(trainee, step) }
        if reportSteps > 0 && step % reportSteps == 0 { try reportMeans() }
      }
      try save(trainee, step)
      if step > first { try reportMeans() }
    }
  }

  /// The steps in which all examples are seen once; a last batch may be smaller.
  public func stepsPerEpoch(_ examples: Int) -> Int { (examples + batchSize - 1) / batchSize }

  /// The order of examples in an epoch: a function of the seed and the epoch alone.
  func order(of examples: Int, epoch: Int) -> [Int] {
    var random = stream.split(UInt64(2 * epoch))
    return random.permutation(of: examples)
  }

  /// Takes a step, whose measures are finite.
  ///
  /// - Throws: ``NeuralError/diverged(what:place:step:)`` with the step, and what the step throws.
  private func step(
    _ trainee: inout some Trainee, _ batch: [Int], _ moment: TrainingMoment
  ) throws -> [TrainingMeasure] {
    var failure: (what: String, place: NonFinitePlace?)
    do {
      let measures = try trainee.step(batch, moment)
      guard let bad = measures.first(where: { !$0.value.isFinite }) else { return measures }
      failure = (bad.name, nil)
    } catch NeuralError.diverged(let what, let place, nil) {
      failure = (what, place)
    }
    if failure.place == nil {
      // The step is taken again with the same chance, this time looking at every tensor.
      let search = NonFiniteSearch()
      var copy = trainee
      NonFiniteSearch.$current.withValue(search) { _ = try? copy.step(batch, moment) }
      failure.place = search.place
    }
    throw NeuralError.diverged(
      what: failure.what, place: failure.place, step: moment.step + 1)
  }

  private var stream: RandomStream { RandomStream(seed: seed, stream: 0x7261_696e) }

  private func check(_ examples: Int) throws {
    try NeuralError.require(epochs >= 1, "epochs", epochs, "at least 1")
    try NeuralError.require(batchSize >= 1, "batch", batchSize, "at least 1")
    try NeuralError.require(examples >= 2, "examples", examples, "at least 2: one teaches nothing")
  }

  private static func short(_ value: Double) -> String {
    let rounded = (value * 1000).rounded() / 1000
    return "\(rounded)"
  }
}
