public import TencaNumerics

/// What a training loop trains: one or more networks with their optimisers and the data they learn
/// from.
///
/// Everything that changes from step to step is in ``arrays()``; chance comes from the step's own
/// stream. So a run that is stopped and goes on is, to the bit, the run that was never stopped.
public protocol Trainee: Sendable {
  /// How many examples there are to learn from.
  var exampleCount: Int { get }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - examples: The batch, indices below ``exampleCount``.
  ///   - moment: Where the run stands.
  /// - Returns: What was measured, by name, in the order to be shown; the first is the loss.
  mutating func step(_ examples: [Int], _ moment: TrainingMoment) throws -> [TrainingMeasure]

  /// The state: weights, moments of optimisers.
  func arrays() -> [String: ArchivedArray]

  /// Takes a state over.
  ///
  /// - Parameter steps: The steps taken until then.
  mutating func load(_ arrays: [String: ArchivedArray], steps: Int) throws
}

/// Where a run stands.
public struct TrainingMoment: Sendable {
  /// Steps taken before this one.
  public let step: Int
  /// The epoch, from 0.
  public let epoch: Int
  /// All steps of the run.
  public let totalSteps: Int
  /// This step's own stream of random numbers, a function of seed and step.
  public let random: RandomStream
}

/// One number that was measured in a step.
public struct TrainingMeasure: Sendable, Equatable {
  /// Its name, as a column is called.
  public let name: String
  /// Its value.
  public let value: Double

  /// Makes a measure.
  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
