internal import TencaNumerics

/// A whole sequence gone through forward and held in memory, from any frame of which one can go back.
struct SequencePass: Sendable {
  private let states: Int
  private let matrices: StepMatrices
  private let first: Int
  private let count: Int
  private var predicted: [Double]
  private var filtered: [Double]
  /// In place of the others where the sequence needs logarithms.
  private var logarithmic: LogarithmicPass?

  init(
    _ chain: MarkovChain, _ sequence: Range<Int>, index: Int, of source: some RowSource
  ) throws {
    first = sequence.lowerBound
    count = sequence.count
    states = chain.stateCount
    matrices = StepMatrices(chain.transition)
    predicted = [Double](repeating: 0, count: count * states)
    filtered = predicted
    let piece = FramePlan.Piece(
      frames: sequence, sequence: index, isStart: true, isEnd: true)
    let chunk = FramePlan.Chunk(pieces: [piece])
    let forward = ForwardRecursion(chain)
    let buffers = ChunkBuffers(frames: count, states: states)
    var state = ForwardState(chain)
    let lossy = try forward.run(chunk, &state, buffers, of: source, execution: .serial)
    if lossy.isEmpty {
      for index in predicted.indices {
        predicted[index] = buffers.rows[index]
        filtered[index] = buffers.filtered[index]
      }
    } else {
      logarithmic = try LogarithmicPass(chain, piece, of: source)
    }
  }

  /// p(state in a frame | the frames up to `lag` later).
  func smoothed(_ frame: Int, lag: Int) -> [Double] {
    let last = min(frame + lag, count - 1)
    if let logarithmic { return logarithmic.smoothed(frame, seeing: last) }
    var smoothed = Array(filtered[last * states..<(last + 1) * states])
    var weights = smoothed
    for t in stride(from: last - 1, through: frame, by: -1) {
      let matrix = matrices[first + t]
      for k in 0..<states {
        let p = predicted[(t + 1) * states + k]
        weights[k] = p > 0 ? smoothed[k] / p : 0
      }
      var sum = 0.0
      matrix.withUnsafeBuffer { matrix in
        for i in 0..<states {
          let f = filtered[t * states + i]
          guard f > 0 else {
            smoothed[i] = 0
            continue
          }
          var next = 0.0
          for j in 0..<states where weights[j] > 0 { next += matrix[i * states + j] * weights[j] }
          smoothed[i] = f * next
          sum += smoothed[i]
        }
      }
      for k in 0..<states { smoothed[k] /= sum }
    }
    return smoothed
  }

  /// p(state in a frame | the frames up to it).
  func filtered(_ frame: Int) -> [Double] {
    if let logarithmic { return logarithmic.filtered[frame].map(exponential) }
    return Array(filtered[frame * states..<(frame + 1) * states])
  }

  /// What each state of a frame weighs, where the state of the next frame is known to be `next`.
  func shares(_ frame: Int, before next: Int, by matrix: NDArray<Double>) -> [Double] {
    guard let logarithmic else {
      let row = frame * states
      return (0..<states).map { filtered[row + $0] * matrix[$0, next] }
    }
    let terms = (0..<states).map {
      logarithmic.filtered[frame][$0] + logarithm(matrix[$0, next])
    }
    let total = logSum(terms)
    return terms.map { exponential($0 - total) }
  }
}
