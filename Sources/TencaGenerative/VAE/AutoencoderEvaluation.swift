internal import TencaNeural
public import TencaNumerics

/// How good an autoencoder is on examples that it did not learn from.
public struct AutoencoderEvaluation: Sendable, Codable, Equatable {
  /// The examples measured.
  public var count: Int
  /// reconstruction + kl: nats an example, one code drawn for each.
  public var negativeElbo: Double
  /// -ln p(x|z) in nats an example.
  public var reconstruction: Double
  /// The divergence of the codes from the standard normal in nats an example.
  public var kl: Double
  /// Code numbers whose mean varies over examples by more than 0.01 (Burda et al. 2016): the others say
  /// nothing.
  public var activeUnits: Int
  /// The importance-weighted bound of -ln p(x) in nats an example; nil where it was not asked for.
  public var iwaeBound: Double?
  /// The codes drawn for each example of ``iwaeBound``.
  public var iwaeSamples: Int?
  /// The examples that ``iwaeBound`` was taken over, the first ones.
  public var iwaeCount: Int?
}

extension Autoencoder {
  /// Measures the bound on examples.
  ///
  /// - Parameters:
  ///   - iwaeSamples: Codes drawn for the importance-weighted bound; 0 for none.
  ///   - iwaeCount: The examples, the first ones, that it is taken over.
  ///   - seed: What drawn codes depend on.
  /// - Throws: `CancellationError`.
  public func evaluate(
    _ examples: ExampleSet, scaling: ExampleScaling? = nil, iwaeSamples: Int = 0,
    iwaeCount: Int = 1000, seed: UInt64 = 1, execution: Execution = .serial
  ) throws -> AutoencoderEvaluation {
    var network = self
    var random = RandomStream(seed: seed, stream: 0x6576_616c)
    var pass = ForwardPass.inference
    var sums = (reconstruction: 0.0, divergence: 0.0)
    var means: [Double] = Array(repeating: 0, count: options.latentCount)
    var squares = means
    for batch in batches(of: examples.count) {
      try execution.cancellation.check()
      withoutRecording {
        let x = observed(examples, batch, scaling, &random)
        let classes = examples.classTensor(batch, options.classCount)
        let noise = Tensor(normal: [batch.count, options.latentCount], from: &random)
        let (_, bound) = network.loss(x, classes: classes, noise: noise, &pass)
        sums.reconstruction += bound.reconstruction * Double(batch.count)
        sums.divergence += bound.divergence * Double(batch.count)
        let codes = network.encode(x, classes: classes, &pass).mean
        for (index, value) in codes.elements.enumerated() {
          means[index % options.latentCount] += value
          squares[index % options.latentCount] += value * value
        }
      }
      execution.progress(
        .init(task: "measuring", completed: batch.upperBound, total: examples.count))
    }
    let n = Double(examples.count)
    let variances = zip(means, squares).map { $1 / n - ($0 / n) * ($0 / n) }
    var result = AutoencoderEvaluation(
      count: examples.count, negativeElbo: (sums.reconstruction + sums.divergence) / n,
      reconstruction: sums.reconstruction / n, kl: sums.divergence / n,
      activeUnits: variances.count { $0 > 0.01 })
    if iwaeSamples > 0 && options.isVariational {
      let count = min(iwaeCount, examples.count)
      result.iwaeBound =
        try importanceWeighted(
          examples, scaling, count, iwaeSamples, &random, execution) / Double(count)
      (result.iwaeSamples, result.iwaeCount) = (iwaeSamples, count)
    }
    return result
  }

  /// Examples as the network is measured on them.
  private func observed(
    _ examples: ExampleSet, _ batch: Range<Int>, _ scaling: ExampleScaling?,
    _ random: inout RandomStream
  ) -> Tensor {
    let x = examples.tensor(batch, scaling)
    return options.isBinarized ? x.binarized(&random) : x
  }

  private func importanceWeighted(
    _ examples: ExampleSet, _ scaling: ExampleScaling?, _ count: Int, _ samples: Int,
    _ random: inout RandomStream, _ execution: Execution
  ) throws -> Double {
    var sum = 0.0
    for batch in batches(of: count, size: 100) {
      try execution.cancellation.check()
      sum += importanceWeightedError(
        observed(examples, batch, scaling, &random),
        classes: examples.classTensor(batch, options.classCount), samples: samples, &random
      ).reduce(0, +)
      execution.progress(
        .init(task: "importance weighting", completed: batch.upperBound, total: count))
    }
    return sum
  }
}
