internal import CKernels
internal import TencaNumerics

/// Viterbi's recursion over one sequence (A. Viterbi, 1967), with one byte a state and frame to
/// find the way back, two where there are more than 256 states.
///
/// Where even these would be too many, the way back is kept for one segment of frames only: a first
/// pass notes the scores at the start of each segment, and a second goes through the segments again,
/// the last one first.
struct BestPathRecursion: Sendable {
  private let chain: MarkovChain
  private let kernel: TransitionKernel
  private let states: Int
  private let width: Int

  init(_ chain: MarkovChain) {
    self.chain = chain
    kernel = TransitionKernel(chain.transition, .logarithm)
    states = chain.stateCount
    width = TransitionKernel.width(states)
  }

  /// The most probable path of a sequence and its log-probability.
  ///
  /// - Parameter segment: For how many frames the way back is kept.
  func run(
    _ sequence: FramePlan.Piece, segment: Int, of source: some RowSource, execution: Execution
  ) throws -> (states: [Int], logProbability: Double) {
    let segments = stride(
      from: sequence.frames.lowerBound, to: sequence.frames.upperBound, by: segment
    ).map { sequence.clamped(to: $0..<min($0 + segment, sequence.frames.upperBound))! }
    let memory = WayBack(frames: segments[0].frames.count, states: states)
    var scores = chain.initial.map(logarithm) + [Double](repeating: 0, count: width - states)
    var starts: [[Double]] = []
    var logProbability = 0.0
    for part in segments {
      starts.append(scores)
      try advance(
        part, &scores, &logProbability, segments.count == 1 ? memory : nil, of: source,
        execution: execution)
    }
    var last = (0..<states).reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    logProbability += scores[last]
    var path = [Int](repeating: 0, count: sequence.frames.count)
    for (part, start) in zip(segments, starts).reversed() {
      if segments.count > 1 {
        scores = start
        var again = 0.0
        try advance(part, &scores, &again, memory, of: source, execution: execution)
      }
      for frame in part.frames.reversed() {
        path[frame - sequence.frames.lowerBound] = last
        last = memory.source(of: last, at: frame - part.frames.lowerBound)
      }
    }
    return (path, logProbability)
  }

  /// Goes through consecutive frames.
  ///
  /// - Parameters:
  ///   - scores: Padded; those before the first frame, receives those of the last.
  ///   - total: Grows by what was taken off the scores.
  private func advance(
    _ piece: FramePlan.Piece, _ scores: inout [Double], _ total: inout Double,
    _ memory: WayBack?, of source: some RowSource, execution: Execution
  ) throws {
    let wave = 2 * execution.threads
    let buffer = SharedMemory(
      pointer: .allocate(capacity: wave * FramePlan.block * states))
    let scratch = UnsafeMutablePointer<Double>.allocate(capacity: 2 * width)
    defer {
      buffer.pointer.deallocate()
      scratch.deallocate()
    }
    var blocks = FramePlan.blocks(piece.frames)[...]
    while !blocks.isEmpty {
      let taken = blocks.prefix(wave)
      blocks.removeFirst(taken.count)
      try execution.forEach(taken.count) { index in
        try source.readRows(
          taken[taken.startIndex + index],
          into: buffer.pointer + index * FramePlan.block * states)
      }
      let frames = taken.first!.lowerBound..<taken.last!.upperBound
      var transition = kernel.from(frames.lowerBound)
      let offset = (frames.lowerBound - piece.frames.lowerBound) * states
      let continues = !(piece.isStart && frames.lowerBound == piece.frames.lowerBound)
      let done = tenca_best_path(
        &transition, buffer.pointer, &scores, scratch, memory?.bytes.map { $0 + offset },
        memory?.shorts.map { $0 + offset }, &total, frames.count, continues ? 1 : 0)
      if done < frames.count {
        let row = UnsafeBufferPointer(start: buffer.pointer + done * states, count: states)
        let frame = frames.lowerBound + done
        try MarkovError.requireLogLikelihoods(row, frame: frame, states: states)
        throw MarkovError.impossibleData(sequence: piece.sequence, frame: frame)
      }
    }
  }
}

/// For each frame and state, the state before it on the best path there.
private final class WayBack {
  let bytes: UnsafeMutablePointer<UInt8>?
  let shorts: UnsafeMutablePointer<UInt16>?
  private let states: Int

  init(frames: Int, states: Int) {
    self.states = states
    bytes = states <= 256 ? .allocate(capacity: frames * states) : nil
    shorts = states > 256 ? .allocate(capacity: frames * states) : nil
  }

  deinit {
    bytes?.deallocate()
    shorts?.deallocate()
  }

  func source(of state: Int, at index: Int) -> Int {
    let position = index * states + state
    return bytes.map { Int($0[position]) } ?? Int(shorts![position])
  }
}
