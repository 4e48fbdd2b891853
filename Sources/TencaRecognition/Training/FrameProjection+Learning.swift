internal import TencaNumerics

extension FrameProjection {
  /// The map that parts the states of aligned recordings best, by linear discriminant analysis.
  ///
  /// - Parameters:
  ///   - states: Of every recording the state of each frame; nil: it takes no part.
  ///   - features: frames × columns each, of which the first `inputs` count.
  ///   - options: How many neighbours go in and how many columns come out.
  /// - Throws: ``RecognitionError/badFeatures(reason:)``, `LinearAlgebraError`, `CancellationError`.
  /// - Complexity: O(frames · (neighbours · inputs)²).
  static func parting(
    _ states: [[Int]?], of features: [NDArray<Float>], stateCount: Int, inputs: Int,
    options: RecognizerOptions.Projection, execution: Execution
  ) throws -> FrameProjection {
    let width = (2 * options.context + 1) * inputs
    // So many classes part no more directions than one fewer.
    let columns = min(options.columns, width, max(1, stateCount - 1))
    let statistics = try execution.reduce(count: features.count, block: 16) { range in
      var part = DiscriminantStatistics(classes: stateCount, columns: width)
      for index in range {
        guard let classes = states[index] else { continue }
        part.add(
          spliced(features[index], inputs: inputs, context: options.context), classes: classes)
      }
      return part
    }!
    return try FrameProjection(
      context: options.context,
      matrix: try statistics.directions(columns).converted())
  }

  /// This map followed by a scale and a rotation, and the scale that is left to apply.
  func followed(
    by scale: FrameStandardization, _ rotation: NDArray<Double>
  ) throws -> (FrameProjection, FrameStandardization) {
    let scaled = NDArray(
      rows: (0..<outputs).map { row in
        matrix.row(row).elements.map { Double($0) / Double(scale.deviations[row]) }
      })
    let means = NDArray(
      zip(scale.means, scale.deviations).map { Double($0) / Double($1) }, shape: [outputs, 1])
    return (
      try FrameProjection(
        context: context, matrix: matrixProduct(rotation, scaled).converted()),
      FrameStandardization(
        means: matrixProduct(rotation, means).elements.map { Float($0) },
        deviations: [Float](repeating: 1, count: outputs))
    )
  }
}

extension AcousticTrainer {
  /// Turns all frames and Gaussians so that diagonal covariances suit them better, each column keeping
  /// the deviation 1 over all frames.
  ///
  /// - Returns: The rotation, columns × columns.
  /// - Throws: `LinearAlgebraError`.
  mutating func decorrelate(_ execution: Execution) throws -> NDArray<Double> {
    let (bank, frames, theta, chosen) = (bank, frames, bank.naturalParameters, members())
    let statistics = try execution.reduce(count: units.stateCount, block: 8) { states in
      var part = SemiTiedStatistics(columns: bank.columns)
      bank.forEachState(of: states, frames, members: chosen, theta: theta) {
        part.add($1, theta: $2, bank: bank, at: bank.gaussians(of: $0))
      }
      return part
    }!
    var rotation = try statistics.rotation()
    let turned = matrixProduct(
      frames.columns(0..<bank.columns), rotation.converted(to: Float.self).transposed())
    let deviations = try FrameStandardization(of: [turned]).deviations
    for row in 0..<bank.columns {
      for column in 0..<bank.columns { rotation[row, column] /= Double(deviations[row]) }
    }
    let scale = FrameStandardization(
      means: [Float](repeating: 0, count: bank.columns), deviations: deviations)
    replaceFrames(
      try scale.powers(of: turned),
      bank: GaussianBank(
        unchecked: (0..<bank.stateCount).map { bank.gaussians(of: $0).count },
        weights: bank.weights,
        meanVectors: matrixProduct(bank.meanVectors, rotation.transposed()),
        variances: NDArray(shape: bank.variances.shape) { target in
          for (index, variance) in bank.variances.elements.enumerated() {
            let deviation = Double(deviations[index % bank.columns])
            target[index] = variance / (deviation * deviation)
          }
        }))
    return rotation
  }
}
