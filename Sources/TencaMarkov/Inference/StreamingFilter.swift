internal import TencaNumerics

/// A filter that takes frames as they come: ``MarkovChain/filtered(_:lengths:execution:)``, to the
/// last bit, without the frames that are yet to come.
///
/// What it remembers is one number a state; see ``Memory``.
///
/// ```swift
/// var filter = StreamingFilter(chain)
/// for frame in live {
///   let now = try filter.update(logLikelihoods(frame)).filtered
/// }
/// ```
public struct StreamingFilter: Sendable {
  /// The chain whose states are followed.
  public let chain: MarkovChain
  /// The frames taken in so far.
  public private(set) var frameCount = 0
  /// Σ ln p over them, in nats.
  public private(set) var logLikelihood = 0.0
  private var state: ForwardState
  private let forward: ForwardRecursion

  /// What a filter knows after a frame.
  public struct Update: Sendable, Equatable {
    /// p(state | this frame and all before).
    public let filtered: [Double]
    /// p(state | all frames before this one).
    public let predicted: [Double]
    /// ln p(frame | all frames before), in nats.
    public let logLikelihood: Double
  }

  /// Makes a filter at the beginning of a sequence.
  public init(_ chain: MarkovChain) {
    self.chain = chain
    state = ForwardState(chain)
    forward = ForwardRecursion(chain)
  }

  /// Takes in the next frame.
  ///
  /// - Parameter logLikelihoods: ln p(frame | state) of every state, in nats.
  /// - Throws: ``MarkovError/wrongColumns(expected:actual:)``, and where the frame is impossible or
  ///   its log-likelihoods are none, as ``MarkovChain/filtered(_:lengths:execution:)``; the filter
  ///   is then as it was before. ``MarkovError/invalidModel(problem:)`` where the matrices of a
  ///   chain that varies have run out.
  /// - Complexity: O(states²).
  public mutating func update(_ logLikelihoods: [Double]) throws -> Update {
    let states = chain.stateCount
    guard logLikelihoods.count == states else {
      throw MarkovError.wrongColumns(expected: states, actual: logLikelihoods.count)
    }
    try chain.transition.requireFrames(frameCount + 2)
    var rows = logLikelihoods
    var filtered = [Double](repeating: 0, count: states)
    var increment = 0.0
    var next = state
    forward.relate(&rows, &increment, count: 1)
    let piece = FramePlan.Piece(
      frames: frameCount..<frameCount + 1, sequence: 0, isStart: frameCount == 0, isEnd: false)
    _ = try forward.run(
      piece, state: &next, rows: &rows, filtered: &filtered, logLikelihoods: &increment,
      source: OneFrame(index: frameCount, values: logLikelihoods))
    state = next
    frameCount += 1
    logLikelihood += increment
    return Update(filtered: filtered, predicted: rows, logLikelihood: increment)
  }
}

/// A frame of a stream, as if the others were there.
private struct OneFrame: RowSource {
  let index: Int
  let values: [Double]

  var rowCount: Int { index + 1 }
  var columnCount: Int { values.count }

  func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) {
    target.update(from: values, count: values.count)
  }
}

extension StreamingFilter {
  /// All that a filter remembers, to be saved beside its model.
  public struct Memory: Sendable, Equatable, Codable {
    fileprivate var state: ForwardState
    fileprivate var frameCount: Int
    fileprivate var logLikelihood: Double
  }

  /// What the filter remembers.
  public var memory: Memory {
    Memory(state: state, frameCount: frameCount, logLikelihood: logLikelihood)
  }

  /// Makes a filter that goes on where another stopped.
  ///
  /// - Throws: ``MarkovError/wrongColumns(expected:actual:)`` for the memory of another number of
  ///   states, ``MarkovError/invalidModel(problem:)`` for one that is no distribution.
  public init(_ chain: MarkovChain, memory: Memory) throws {
    self.init(chain)
    guard memory.state.predicted.count == chain.stateCount else {
      throw MarkovError.wrongColumns(
        expected: chain.stateCount, actual: memory.state.predicted.count)
    }
    guard memory.state.isDistribution, memory.frameCount >= 0 else {
      throw MarkovError.invalidModel(problem: "the memory of a filter is no distribution")
    }
    state = memory.state
    frameCount = memory.frameCount
    logLikelihood = memory.logLikelihood
  }
}
