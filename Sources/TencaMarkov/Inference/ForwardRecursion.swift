internal import CKernels
internal import TencaNumerics

/// What a filter knows before a frame: the probability of every state there, given all frames
/// before.
///
/// Usually they are probabilities. Where a frame makes some state so improbable that it would be
/// lost, they are logarithms until all are within range again.
struct ForwardState: Sendable, Equatable, Codable {
  var predicted: [Double]
  var isLogarithmic = false

  /// Probabilities below this share of the whole are watched.
  static let least = 1e-100
  /// Where no step is less probable than this, what falls below `least` cannot matter later: each
  /// state soon has more from others.
  private static let safeStep = 1e-100

  init(_ chain: MarkovChain) { predicted = chain.initial }

  /// Whether states that nearly vanish may matter again.
  static func watches(_ transition: TransitionMatrix) -> Bool {
    switch transition.storage {
    case .sparse: true
    case .dense(let array), .varying(let array):
      array.withUnsafeBuffer { $0.contains { $0 < safeStep } }
    }
  }

  /// ln of the probabilities.
  private var logarithms: [Double] { isLogarithmic ? predicted : predicted.map(logarithm) }

  /// Whether the numbers can be those of a distribution.
  var isDistribution: Bool {
    let sum = isLogarithmic ? exponential(logSum(predicted)) : predicted.reduce(0, +)
    return abs(sum - 1) < 1e-6 && (isLogarithmic || predicted.allSatisfy { $0 >= 0 })
  }

  /// Takes in a frame by logarithms.
  ///
  /// - Returns: ln of the predicted and filtered probabilities, and of the frame's likelihood.
  /// - Throws: ``MarkovError/impossibleData(sequence:frame:)`` and others that name the frame.
  mutating func logarithmicStep(
    _ frame: Int, _ sequence: Int, source: some RowSource, returnsToLinear: Bool = true
  ) throws -> (predicted: [Double], filtered: [Double], logLikelihood: Double) {
    var row = [Double](repeating: 0, count: predicted.count)
    try source.readRows(frame..<frame + 1, into: &row)
    try MarkovError.requireLogLikelihoods(row, frame: frame, states: row.count)
    let before = logarithms
    let joint = zip(before, row).map { $0 + $1 }
    let logLikelihood = logSum(joint)
    guard logLikelihood > -.infinity else {
      throw MarkovError.impossibleData(sequence: sequence, frame: frame)
    }
    isLogarithmic = !returnsToLinear
    return (before, joint.map { $0 - logLikelihood }, logLikelihood)
  }

  /// Goes on from a frame that was taken in by logarithms to the one after.
  mutating func advance(_ filtered: [Double], by chain: LogarithmicChain) {
    predicted = chain.advance(filtered)
    let limit = 0.5 * logarithm(Self.least)
    if !isLogarithmic {
      isLogarithmic = predicted.contains { $0 < limit && $0 > -.infinity }
      if !isLogarithmic { predicted = predicted.map(exponential) }
    }
  }
}

/// The forward recursion, p(state | frames so far), by kernels, and by logarithms where these would
/// lose something.
///
/// A frame's likelihoods are taken relative to the best state's, so none underflows with distance
/// from all states together. The result of a frame does not depend on how many are taken at once.
struct ForwardRecursion: Sendable {
  let chain: MarkovChain
  private let kernel: TransitionKernel
  let watches: Bool
  let states: Int
  private let width: Int
  private let constant: LogarithmicChain?

  init(_ chain: MarkovChain) {
    self.chain = chain
    kernel = TransitionKernel(chain.transition, .forward)
    watches = ForwardState.watches(chain.transition)
    states = chain.stateCount
    width = TransitionKernel.width(states)
    constant =
      watches && !chain.transition.varies ? LogarithmicChain(chain.transition, from: 0) : nil
  }

  /// Log-likelihoods, frames × states, as the recursion takes them.
  ///
  /// - Parameters:
  ///   - rows: Replaced by likelihoods relative to the best state's.
  ///   - shifts: Receives the best log-likelihood of each frame.
  func relate(
    _ rows: UnsafeMutablePointer<Double>, _ shifts: UnsafeMutablePointer<Double>, count: Int
  ) {
    tenca_likelihoods(rows, shifts, count, states)
  }

  /// Goes through the frames of a piece.
  ///
  /// - Parameters:
  ///   - state: What is known before the first frame; receives what is known after the last.
  ///   - rows: What ``relate(_:_:count:)`` gave; replaced by the predicted probabilities.
  ///   - filtered: Receives the filtered probabilities.
  ///   - logLikelihoods: What `relate` gave as shifts; replaced by ln p(frame | frames before).
  ///   - source: The log-likelihoods, for frames that need logarithms.
  /// - Returns: Whether any frame did.
  func run(
    _ piece: FramePlan.Piece, state: inout ForwardState, rows: UnsafeMutablePointer<Double>,
    filtered: UnsafeMutablePointer<Double>, logLikelihoods: UnsafeMutablePointer<Double>,
    source: some RowSource
  ) throws -> Bool {
    if piece.isStart { state = ForwardState(chain) }
    let count = piece.frames.count
    var usedLogarithms = false
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: count + width) { scratch in
      let (sums, predicted) = (scratch.baseAddress!, scratch.baseAddress! + count)
      var done = 0
      while done < count {
        let frame = piece.frames.lowerBound + done
        if !state.isLogarithmic {
          predicted.update(from: state.predicted, count: states)
          var transition = kernel.from(frame)
          let taken = tenca_forward(
            &transition, rows + done * states, predicted, filtered + done * states, sums + done,
            count - done, piece.isEnd ? 0 : 1, ForwardState.least, watches ? 1 : 0)
          for index in 0..<states { state.predicted[index] = predicted[index] }
          done += taken
          if done == count { break }
        }
        usedLogarithms = true
        try takeLogarithms(
          piece, done, &state, rows + done * states, filtered + done * states,
          logLikelihoods + done, source: source)
        sums[done] = 1
        done += 1
      }
      Double._log(sums, sums, count)
      for index in 0..<count { logLikelihoods[index] += sums[index] }
    }
    return usedLogarithms
  }

  private func takeLogarithms(
    _ piece: FramePlan.Piece, _ index: Int, _ state: inout ForwardState,
    _ predicted: UnsafeMutablePointer<Double>, _ filtered: UnsafeMutablePointer<Double>,
    _ logLikelihood: UnsafeMutablePointer<Double>, source: some RowSource
  ) throws {
    let frame = piece.frames.lowerBound + index
    let step = try state.logarithmicStep(frame, piece.sequence, source: source)
    logLikelihood.pointee = step.logLikelihood
    for k in 0..<states {
      predicted[k] = exponential(step.predicted[k])
      filtered[k] = exponential(step.filtered[k])
    }
    if piece.isEnd && frame + 1 == piece.frames.upperBound { return }
    state.advance(
      step.filtered, by: constant ?? LogarithmicChain(chain.transition, from: frame))
  }
}
