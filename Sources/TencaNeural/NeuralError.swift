/// What can be wrong with a network, its training or its data.
public enum NeuralError: Error, CustomStringConvertible, Sendable, Equatable {
  /// An option is out of its range, which `limit` gives in words.
  case invalidOption(name: String, value: String, limit: String)
  /// A saved network lacks a tensor.
  case missingTensor(name: String)
  /// A saved tensor has another shape than the network.
  case wrongShape(name: String, found: [Int], expected: [Int])
  /// A saved tensor holds NaN or infinity.
  case notFinite(name: String)
  /// A number of the training became NaN or infinite, first at a place, in a step of a run.
  case diverged(what: String, place: NonFinitePlace? = nil, step: Int? = nil)
  /// A checkpoint of a run with other options.
  case otherRecipe(saved: String, now: String)

  /// What was wrong, the value, and the limit.
  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let limit):
      "option \(name) is \(value) but must be \(limit)"
    case .missingTensor(let name):
      "the tensor '\(name)' is missing: the file holds another network, or is not whole"
    case .wrongShape(let name, let found, let expected):
      "the tensor '\(name)' has the shape \(found) but \(expected) is expected: the file holds "
        + "another network"
    case .notFinite(let name):
      "the tensor '\(name)' holds NaN or infinity: the file is damaged, or its training failed"
    case .diverged(let what, let place, let step):
      "\(what) became NaN or infinite" + (step.map { " in step \($0)" } ?? "")
        + (place.map { ", first \($0)" } ?? "")
        + ": try a smaller learning rate, or clip gradients"
    case .otherRecipe(let saved, let now):
      "the checkpoint is of a run with other options: \(saved); now: \(now). Give the same, or start anew"
    }
  }

  /// - Throws: ``invalidOption(name:value:limit:)`` unless `condition` holds.
  static func require(
    _ condition: Bool, _ name: String, _ value: some CustomStringConvertible, _ limit: String
  ) throws {
    if !condition { throw invalidOption(name: name, value: value.description, limit: limit) }
  }
}
