internal import TencaNumerics

/// How the frames of some sequences are worked through: a plan that depends on the lengths alone,
/// never on the number of threads, so that sums have one order.
struct FramePlan: Sendable {
  /// The frames of a sequence, or of a part of it.
  struct Piece: Sendable {
    var frames: Range<Int>
    var sequence: Int
    /// Whether the first frame is that of the sequence.
    var isStart: Bool
    /// Whether the last frame is that of the sequence.
    var isEnd: Bool

    /// What of the piece lies within some frames.
    func clamped(to range: Range<Int>) -> Piece? {
      let part = frames.clamped(to: range)
      if part.isEmpty { return nil }
      return Piece(
        frames: part, sequence: sequence,
        isStart: isStart && part.lowerBound == frames.lowerBound,
        isEnd: isEnd && part.upperBound == frames.upperBound)
    }
  }

  /// Frames that are held in memory together: whole sequences, or a part of one.
  struct Chunk: Sendable {
    var pieces: [Piece]
    var frames: Range<Int> { pieces.first!.frames.lowerBound..<pieces.last!.frames.upperBound }
  }

  /// What one thread takes: a chunk of whole sequences, or all chunks of one long sequence.
  struct Group: Sendable {
    var chunks: [Chunk]
    var frames: Range<Int> { chunks.first!.frames.lowerBound..<chunks.last!.frames.upperBound }
    /// The sequences, each in one piece.
    var wholeSequences: [Piece] {
      guard chunks.count > 1 else { return chunks[0].pieces }
      let sequence = chunks[0].pieces[0].sequence
      return [Piece(frames: frames, sequence: sequence, isStart: true, isEnd: true)]
    }
  }

  /// So many frames are handed over at a time: they stay in the second cache.
  static let block = 1024
  /// Short sequences are put together until they have so many frames.
  static let groupFrames = 8192
  /// So many numbers, frames times states, are held at once.
  static let chunkNumbers = 1 << 22

  let groups: [Group]
  let sequences: [Range<Int>]

  /// - Parameters:
  ///   - lengths: The frames of each sequence; nil is one sequence of all frames.
  ///   - chunkFrames: How much of a long sequence is held at once.
  /// - Throws: ``MarkovError``.
  init(frames: Int, lengths: [Int]?, states: Int, chunkFrames: Int? = nil) throws {
    guard frames > 0, states > 0 else { throw MarkovError.noData(shape: [frames, states]) }
    let lengths = lengths ?? [frames]
    var sequences: [Range<Int>] = []
    var end = 0
    for (index, length) in lengths.enumerated() {
      guard length > 0 else {
        throw MarkovError.wrongLengths(problem: "sequence \(index) has \(length) frames")
      }
      guard length <= frames - end else {
        throw MarkovError.wrongLengths(
          problem: "sequences 0 to \(index) have more frames than the \(frames) there are")
      }
      sequences.append(end..<end + length)
      end += length
    }
    guard end == frames else {
      throw MarkovError.wrongLengths(
        problem: "they sum to \(end), but there are \(frames) frames")
    }
    self.sequences = sequences
    let limit = max(
      chunkFrames ?? Self.chunkNumbers / states / Self.block * Self.block, Self.block)
    var groups: [Group] = []
    var pending: [Piece] = []
    func flush() {
      if !pending.isEmpty { groups.append(Group(chunks: [Chunk(pieces: pending)])) }
      pending = []
    }
    for (index, sequence) in sequences.enumerated() {
      let whole = Piece(frames: sequence, sequence: index, isStart: true, isEnd: true)
      if sequence.count <= limit {
        pending.append(whole)
        let first = pending[0].frames.lowerBound
        if sequence.upperBound - first >= min(Self.groupFrames, limit) { flush() }
        continue
      }
      flush()
      let chunks = stride(from: sequence.lowerBound, to: sequence.upperBound, by: limit).map {
        Chunk(pieces: [whole.clamped(to: $0..<$0 + limit)!])
      }
      groups.append(Group(chunks: chunks))
    }
    flush()
    self.groups = groups
  }

  /// How the inside of a group is carried out: on all threads where there is one group only.
  func inner(_ execution: Execution) -> Execution {
    groups.count == 1 ? execution : Execution(cancellation: execution.cancellation)
  }

  /// Consecutive blocks of some frames.
  static func blocks(_ frames: Range<Int>) -> [Range<Int>] {
    stride(from: frames.lowerBound, to: frames.upperBound, by: block).map {
      $0..<min($0 + block, frames.upperBound)
    }
  }
}
