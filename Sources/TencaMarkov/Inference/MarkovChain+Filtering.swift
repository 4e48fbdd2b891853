public import TencaNumerics

/// What a filter knows of every frame; see ``MarkovChain/filtered(_:lengths:execution:)``.
public struct FilteredStates: Sendable, Equatable {
  /// p(state | this frame and all before), frames × states. It does not look ahead.
  public let filtered: NDArray<Double>
  /// p(state | all frames before this one), frames × states.
  public let predicted: NDArray<Double>
  /// ln p(frame | all frames before), in nats, one number a frame.
  public let logLikelihoods: [Double]
  /// Σ ln p over all frames.
  public let logLikelihood: Double
}

extension MarkovChain {
  /// The probability of every state in every frame, given the frames up to it: what can be known at
  /// the time.
  ///
  /// A frame's answer does not depend, to the last bit, on what comes after it, and
  /// ``StreamingFilter`` gives the same one frame by frame.
  ///
  /// - Parameters:
  ///   - logLikelihoods: frames × states, ln p(frame | state) in nats; -∞ where it is impossible.
  ///   - lengths: The frames of each sequence; nil is one sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MarkovError/impossibleData(sequence:frame:)`` naming a frame that no state can
  ///   have emitted, ``MarkovError/invalidLogLikelihood(frame:state:value:)``,
  ///   ``MarkovError/wrongLengths(problem:)``, ``MarkovError/wrongColumns(expected:actual:)``; what
  ///   the source throws; `CancellationError`.
  /// - Complexity: O(frames · states²) time, O(frames · states) memory.
  public func filtered(
    _ logLikelihoods: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> FilteredStates {
    let plan = try plan(logLikelihoods, lengths)
    let (frames, states) = (logLikelihoods.rowCount, stateCount)
    var predicted = NDArray<Double>(zeros: [frames, states])
    var filtered = NDArray<Double>(zeros: [frames, states])
    var increments = [Double](repeating: 0, count: frames)
    let sums = try predicted.withUnsafeMutableBuffer { predicted in
      try filtered.withUnsafeMutableBuffer { filtered in
        try increments.withUnsafeMutableBufferPointer { increments in
          let targets = [predicted, filtered, increments].map {
            SharedMemory(pointer: $0.baseAddress!)
          }
          return try goForward(logLikelihoods, plan, execution) { chunk, buffers in
            let (first, count) = (chunk.frames.lowerBound, chunk.frames.count)
            (targets[0].pointer + first * states).update(from: buffers.rows, count: count * states)
            (targets[1].pointer + first * states)
              .update(from: buffers.filtered, count: count * states)
            (targets[2].pointer + first).update(from: buffers.logLikelihoods, count: count)
          }
        }
      }
    }
    return FilteredStates(
      filtered: filtered, predicted: predicted, logLikelihoods: increments,
      logLikelihood: sums.reduce(0, +))
  }

  /// ln p of every sequence, summed over its paths, in nats.
  ///
  /// - Parameters: As ``filtered(_:lengths:execution:)``.
  /// - Throws: As ``filtered(_:lengths:execution:)``.
  /// - Complexity: O(frames · states²) time; memory for one chunk of frames.
  public func logLikelihoods(
    _ logLikelihoods: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> [Double] {
    try goForward(logLikelihoods, plan(logLikelihoods, lengths, chunkFrames: 1 << 14), execution) {
      _, _ in
    }
  }

  /// - Returns: The log-likelihood of each sequence.
  private func goForward(
    _ source: some RowSource, _ plan: FramePlan, _ execution: Execution,
    receive: @Sendable (FramePlan.Chunk, borrowing ChunkBuffers) -> Void
  ) throws -> [Double] {
    let forward = ForwardRecursion(self)
    let inner = plan.inner(execution)
    return try execution.map(plan.groups.count) { index in
      let group = plan.groups[index]
      let buffers = ChunkBuffers(
        frames: group.chunks.reduce(0) { max($0, $1.frames.count) }, states: stateCount)
      var state = ForwardState(self)
      var sums: [Double] = []
      for chunk in group.chunks {
        try execution.cancellation.check()
        _ = try forward.run(chunk, &state, buffers, of: source, execution: inner)
        for piece in chunk.pieces {
          let sum = buffers.logLikelihood(of: piece, in: chunk)
          if piece.isStart { sums.append(sum) } else { sums[0] += sum }
        }
        receive(chunk, buffers)
      }
      return sums
    }.flatMap { $0 }
  }

  /// The plan of some log-likelihoods, after checks that they fit the chain.
  func plan(
    _ source: some RowSource, _ lengths: [Int]?, chunkFrames: Int? = nil
  ) throws -> FramePlan {
    guard source.columnCount == stateCount else {
      throw MarkovError.wrongColumns(expected: stateCount, actual: source.columnCount)
    }
    try transition.requireFrames(source.rowCount)
    return try FramePlan(
      frames: source.rowCount, lengths: lengths, states: stateCount, chunkFrames: chunkFrames)
  }
}
