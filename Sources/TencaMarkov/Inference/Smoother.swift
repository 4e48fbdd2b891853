internal import CKernels
internal import TencaNumerics

/// The forward and the backward recursion over sequences, a chunk in memory at a time.
///
/// Forward keeps the filtered probabilities f and the predicted p; backward (C. Kim, 1994) goes
/// s[t] = f[t]·(A·w[t + 1]) with w = s/p, which needs no likelihoods and, where p is 0, does not
/// ask what never was. The expected transitions are A times the sum of f[t]·w[t + 1]ᵀ, one matrix
/// product a block, so that no frames × states × states are ever held.
///
/// A sequence longer than a chunk goes forward twice: once to know where each chunk begins, and
/// again, the last chunk first, before going back through it.
struct Smoother: Sendable {
  private let forward: ForwardRecursion
  private let transposed: TransitionKernel
  private let matrices: StepMatrices
  private let chain: MarkovChain
  private let states: Int

  init(_ chain: MarkovChain) {
    self.chain = chain
    forward = ForwardRecursion(chain)
    transposed = TransitionKernel(chain.transition, .backward)
    matrices = StepMatrices(chain.transition)
    states = chain.stateCount
  }

  /// What the frames of some sequences tell about the chain.
  struct Sums: Mergeable, Sendable {
    /// Σ of the smoothed probabilities of first frames.
    var initial: [Double]
    /// Σ of the smoothed probabilities of last frames.
    var last: [Double]
    /// Σ of the probabilities of each step, states × states.
    var transitions: [Double]
    /// ln p of each sequence.
    var logLikelihoods: [Double] = []

    init(states: Int) {
      initial = [Double](repeating: 0, count: states)
      last = initial
      transitions = [Double](repeating: 0, count: states * states)
    }

    /// The expected number of frames in each state: a frame is left, or is the last.
    var occupancies: [Double] {
      let states = initial.count
      return (0..<states).map { state in
        transitions[state * states..<(state + 1) * states].reduce(last[state], +)
      }
    }

    mutating func merge(_ other: Sums) {
      for index in initial.indices {
        initial[index] += other.initial[index]
        last[index] += other.last[index]
      }
      for index in transitions.indices { transitions[index] += other.transitions[index] }
      logLikelihoods += other.logLikelihoods
    }
  }

  /// The smoothed probabilities of consecutive frames.
  struct Wave: @unchecked Sendable {
    /// The blocks that make up the frames, the last one first.
    let blocks: [Range<Int>]
    fileprivate let base: UnsafeMutablePointer<Double>
    fileprivate let first: Int
    fileprivate let states: Int

    /// The probabilities from a frame on, frames × states.
    func from(_ frame: Int) -> UnsafeMutablePointer<Double> {
      base + (frame - first) * states
    }
  }

  /// What takes the probabilities of all steps from a frame.
  typealias StepReceiver = (Int, UnsafePointer<Double>) -> Void

  /// Smooths the sequences of a group.
  ///
  /// - Parameters:
  ///   - source: The log-likelihoods.
  ///   - memory: Where the chunk's memory comes from.
  ///   - execution: Log-likelihoods are computed on its threads.
  ///   - steps: Where the matrix varies, given the probabilities of all steps from each frame, states ×
  ///     states, from the last to the first.
  ///   - receive: Given all frames, from the last to the first, in blocks that do not depend on the
  ///     number of threads.
  func run(
    _ group: FramePlan.Group, of source: some RowSource, memory: SpareMemory = SpareMemory(),
    execution: Execution, steps: StepReceiver? = nil, receive: (Wave) throws -> Void
  ) throws -> Sums {
    var sums = Sums(states: states)
    let buffers = ChunkBuffers(
      frames: group.chunks.reduce(0) { max($0, $1.frames.count) }, states: states,
      memory: memory)
    var state = ForwardState(chain)
    var starts: [ForwardState] = []
    var lossy: [FramePlan.Piece] = []
    for chunk in group.chunks {
      starts.append(state)
      lossy += try forward.run(chunk, &state, buffers, of: source, execution: execution)
      for piece in chunk.pieces {
        let sum = buffers.logLikelihood(of: piece, in: chunk)
        if piece.isStart { sums.logLikelihoods.append(sum) } else { sums.logLikelihoods[0] += sum }
      }
    }
    let replacements = try smoothByLogarithms(
      Set(lossy.map(\.sequence)), of: group, source: source, &sums, steps)
    let blocksPerWave = 2 * execution.threads
    let smoothed = UnsafeMutablePointer<Double>.allocate(
      capacity: blocksPerWave * FramePlan.block * states)
    defer { smoothed.deallocate() }
    var weights = [Double](repeating: 0, count: states)
    for (index, chunk) in group.chunks.enumerated().reversed() {
      if index < group.chunks.count - 1 && replacements.isEmpty {
        state = starts[index]
        _ = try forward.run(chunk, &state, buffers, of: source, execution: execution)
      }
      var blocks = FramePlan.blocks(chunk.frames)
      var nextPiece = chunk.pieces.count - 1
      while !blocks.isEmpty {
        try execution.cancellation.check()
        let taken = Array(blocks.suffix(blocksPerWave))
        blocks.removeLast(taken.count)
        let frames = taken.first!.lowerBound..<taken.last!.upperBound
        let wave = Wave(
          blocks: taken.reversed(), base: smoothed, first: frames.lowerBound, states: states)
        for block in wave.blocks {
          while let piece = chunk.pieces[nextPiece].clamped(to: block) {
            let target = wave.from(piece.frames.lowerBound)
            if let replacement = replacements[piece.sequence] {
              replacement.copy(piece.frames, to: target)
            } else {
              goBack(piece, chunk, buffers, &weights, target, &sums.transitions, steps)
            }
            if piece.isEnd {
              let end = target + (piece.frames.count - 1) * states
              for k in 0..<states { sums.last[k] += end[k] }
            }
            guard piece.isStart else { break }
            for k in 0..<states { sums.initial[k] += target[k] }
            if nextPiece == 0 { break }
            nextPiece -= 1
          }
        }
        try receive(wave)
      }
    }
    return sums
  }

  /// Goes back through frames that were gone through forward.
  ///
  /// - Parameters:
  ///   - weights: w of the frame after, unless the piece is the sequence's end; receives that of
  ///     the first frame.
  ///   - smoothed: Receives s.
  ///   - transitions: Receives the probabilities of all steps from these frames.
  private func goBack(
    _ piece: FramePlan.Piece, _ chunk: FramePlan.Chunk, _ buffers: borrowing ChunkBuffers,
    _ weights: inout [Double], _ smoothed: UnsafeMutablePointer<Double>,
    _ transitions: inout [Double], _ steps: StepReceiver?
  ) {
    let width = TransitionKernel.width(states)
    let offset = piece.frames.lowerBound - chunk.frames.lowerBound
    let count = piece.frames.count
    let (rows, filtered) = (buffers.rows + offset * states, buffers.filtered + offset * states)
    let first = piece.frames.lowerBound
    if !piece.isEnd {
      addSteps(
        filtered + (count - 1) * states, weights, 1, from: first + count - 1, to: &transitions,
        steps)
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { scratch in
      var transition = transposed.from(first)
      tenca_backward(
        &transition, rows, filtered, smoothed, &weights, scratch.baseAddress!, count,
        piece.isEnd ? 0 : 1)
    }
    if chain.transition.varies {
      for t in 0..<count - 1 {
        addSteps(
          filtered + t * states, rows + (t + 1) * states, 1, from: first + t, to: &transitions,
          steps)
      }
    } else {
      addSteps(filtered, rows + states, count - 1, from: first, to: &transitions, nil)
    }
  }

  /// transitions += A ∘ Σ f·wᵀ over `count` steps.
  private func addSteps(
    _ filtered: UnsafePointer<Double>, _ weights: UnsafePointer<Double>, _ count: Int,
    from frame: Int, to transitions: inout [Double], _ receive: StepReceiver?
  ) {
    guard count > 0 else { return }
    let states = states
    let matrix = matrices[frame]
    withUnsafeTemporaryAllocation(of: Double.self, capacity: states * states) { products in
      Double._slimProduct(
        transposeA: true, m: states, n: states, k: count, a: filtered, b: weights,
        c: products.baseAddress!)
      matrix.withUnsafeBuffer { matrix in
        for index in 0..<states * states {
          // Where a step is impossible, the product may be anything, even infinite.
          products[index] = matrix[index] > 0 ? matrix[index] * products[index] : 0
          transitions[index] += products[index]
        }
      }
      receive?(frame, products.baseAddress!)
    }
  }

  /// The smoothed probabilities of a whole sequence.
  private struct Replacement {
    var first: Int
    var states: Int
    var smoothed: [Double]

    func copy(_ frames: Range<Int>, to target: UnsafeMutablePointer<Double>) {
      let start = (frames.lowerBound - first) * states
      smoothed.withUnsafeBufferPointer {
        target.update(from: $0.baseAddress! + start, count: frames.count * states)
      }
    }
  }

  private func smoothByLogarithms(
    _ sequences: Set<Int>, of group: FramePlan.Group, source: some RowSource, _ sums: inout Sums,
    _ steps: StepReceiver?
  ) throws -> [Int: Replacement] {
    var replacements: [Int: Replacement] = [:]
    for piece in group.wholeSequences where sequences.contains(piece.sequence) {
      let pass = try LogarithmicPass(chain, piece, of: source)
      var smoothed = [Double](repeating: 0, count: piece.frames.count * states)
      pass.smooth(into: &smoothed, addingTo: &sums.transitions, steps)
      replacements[piece.sequence] = Replacement(
        first: piece.frames.lowerBound, states: states, smoothed: smoothed)
    }
    return replacements
  }
}
