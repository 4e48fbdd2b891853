internal import TencaNumerics

/// The memory that one chunk of frames needs.
struct ChunkBuffers: ~Copyable, @unchecked Sendable {
  /// Log-likelihoods, then likelihoods, then predicted probabilities, then weights of the smoother.
  let rows: UnsafeMutablePointer<Double>
  /// Filtered probabilities, frames × states.
  let filtered: UnsafeMutablePointer<Double>
  /// ln p(frame | frames before).
  let logLikelihoods: UnsafeMutablePointer<Double>
  private let memory: SpareMemory
  private let capacity: Int

  init(frames: Int, states: Int, memory: SpareMemory = SpareMemory()) {
    self.memory = memory
    capacity = frames * (2 * states + 1)
    rows = memory.take(capacity)
    filtered = rows + frames * states
    logLikelihoods = filtered + frames * states
  }

  deinit { memory.give(rows, capacity) }

  /// Σ ln p over the frames of a piece, block by block.
  func logLikelihood(of piece: FramePlan.Piece, in chunk: FramePlan.Chunk) -> Double {
    FramePlan.blocks(piece.frames).reduce(0.0) { total, block in
      total
        + block.reduce(0.0) { $0 + logLikelihoods[$1 - chunk.frames.lowerBound] }
    }
  }
}

/// Memory that several threads write to in different places.
struct SharedMemory: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Double>
}

extension ForwardRecursion {
  /// Goes through the frames of a chunk.
  ///
  /// - Parameters:
  ///   - state: What is known before the first frame; receives what is known after the last.
  ///   - buffers: Receive predicted and filtered probabilities and log-likelihoods.
  ///   - source: The log-likelihoods, computed on the threads of `execution`.
  /// - Returns: Pieces in which states would have been lost without logarithms.
  func run(
    _ chunk: FramePlan.Chunk, _ state: inout ForwardState, _ buffers: borrowing ChunkBuffers,
    of source: some RowSource, execution: Execution
  ) throws -> [FramePlan.Piece] {
    let first = chunk.frames.lowerBound
    let states = states
    let (rows, shifts) = (
      SharedMemory(pointer: buffers.rows), SharedMemory(pointer: buffers.logLikelihoods)
    )
    var lossy: [FramePlan.Piece] = []
    var nextPiece = 0
    var blocks = FramePlan.blocks(chunk.frames)[...]
    while !blocks.isEmpty {
      let taken = blocks.prefix(2 * execution.threads)
      blocks.removeFirst(taken.count)
      try execution.forEach(taken.count) { index in
        let block = taken[taken.startIndex + index]
        let offset = block.lowerBound - first
        let target = rows.pointer + offset * states
        try source.readRows(block, into: target)
        relate(target, shifts.pointer + offset, count: block.count)
      }
      let frames = taken.first!.lowerBound..<taken.last!.upperBound
      while nextPiece < chunk.pieces.count {
        guard let piece = chunk.pieces[nextPiece].clamped(to: frames) else { break }
        let offset = piece.frames.lowerBound - first
        let usedLogarithms = try run(
          piece, state: &state, rows: buffers.rows + offset * states,
          filtered: buffers.filtered + offset * states,
          logLikelihoods: buffers.logLikelihoods + offset, source: source)
        if usedLogarithms && watches { lossy.append(piece) }
        if piece.frames.upperBound < chunk.pieces[nextPiece].frames.upperBound { break }
        nextPiece += 1
      }
    }
    return lossy
  }
}
