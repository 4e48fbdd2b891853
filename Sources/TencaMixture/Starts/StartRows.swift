internal import TencaNumerics

/// The rows that starts are made from: all, or a sample, held in memory.
struct StartRows: Sendable {
  /// Centred and scaled, but not whitened: clusters are sought as a person would see them.
  let values: NDArray<Double>
  /// How much each counts in the fit.
  let weights: [Double]?
  /// The frame of the fit, from these values on.
  let frame: MixtureFrame

  /// - Parameter limit: The most rows to take.
  /// - Throws: What the source throws.
  init(
    _ rows: StandardizedRows, limit: Int, random: RandomStream, execution: Execution
  ) throws {
    var indices = Array(0..<rows.count)
    if let weights = rows.weights { indices.removeAll { weights[$0] == 0 } }
    if indices.count > limit {
      var random = random
      indices = random.draw(limit, of: indices)
    }
    let plain = StandardizedRows(
      indices.count == rows.count ? rows.source : SelectedRows(indices, of: rows.source),
      frame: rows.frame.withoutWhitening)
    let columns = rows.columns
    values = try NDArray(shape: [indices.count, columns]) { target in
      try plain.read(0..<indices.count, into: target.baseAddress!)
      // A cell that is missing counts as the column's mean.
      for index in target.indices where target[index].isNaN { target[index] = 0 }
    }
    weights = rows.weights.map { weights in indices.map { weights[$0] } }
    frame = rows.frame.withoutScaling
    try execution.cancellation.check()
  }

  /// The rows as the fit sees them.
  var framed: StandardizedRows { StandardizedRows(values, frame: frame, weights: weights) }

  /// The rows as clusters see them.
  var plain: StandardizedRows { StandardizedRows(values, frame: frame.withoutWhitening) }
}
