public import TencaNumerics

extension Network {
  /// The weights, and the moments of the optimiser that changes them: what a run goes on from.
  ///
  /// - Parameter prefix: What names begin with where several networks are saved together: "generator.".
  public func arrays(with optimizer: Optimizer, prefix: String = "") -> [String: ArchivedArray] {
    arrays(prefix: prefix + "network.")
      .merging(optimizer.arrays(prefix: prefix + "optimizer.")) { own, _ in own }
  }

  /// Goes on where ``arrays(with:prefix:)`` were saved after `steps` steps.
  ///
  /// - Throws: ``NeuralError``: `missingTensor`, `wrongShape`, `notFinite`.
  public mutating func load(
    _ arrays: [String: ArchivedArray], with optimizer: inout Optimizer, prefix: String = "",
    steps: Int
  ) throws {
    try load(arrays, prefix: prefix + "network.")
    try optimizer.load(
      arrays, prefix: prefix + "optimizer.", steps: steps, parameters: parameters)
  }
}
