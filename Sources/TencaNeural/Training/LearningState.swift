public import TencaNumerics

extension Network {
  /// The weights, and the moments of the optimiser that changes them: what a run goes on from.
  public func arrays(with optimizer: Optimizer) -> [String: ArchivedArray] {
    arrays(prefix: "network.").merging(optimizer.arrays(prefix: "optimizer.")) { own, _ in own }
  }

  /// Goes on where ``arrays(with:)`` were saved after `steps` steps.
  ///
  /// - Throws: ``NeuralError``: `missingTensor`, `wrongShape`, `notFinite`.
  public mutating func load(
    _ arrays: [String: ArchivedArray], with optimizer: inout Optimizer, steps: Int
  ) throws {
    try load(arrays, prefix: "network.")
    try optimizer.load(arrays, prefix: "optimizer.", steps: steps, parameters: parameters)
  }
}
