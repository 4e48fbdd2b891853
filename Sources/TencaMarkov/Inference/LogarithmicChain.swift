internal import TencaNumerics

/// A chain in logarithms: slower by far, and never out of range.
///
/// The usual recursions compute with probabilities and lose what falls below 10⁻³⁰⁰ of the rest.
/// Where a matrix has zeros, what was lost may be all that later frames leave possible; such frames
/// come here. See ``ForwardRecursion``.
struct LogarithmicChain: Sendable {
  /// A step from or to a state, and ln of its probability.
  private typealias Step = (state: Int, weight: Double)

  /// The steps that lead to each state.
  private let incoming: [[Step]]
  /// The steps that lead away from it.
  private let outgoing: [[Step]]
  let states: Int

  /// The steps from one frame to the next.
  init(_ transition: TransitionMatrix, from frame: Int) {
    states = transition.stateCount
    var incoming = [[Step]](repeating: [], count: states)
    var outgoing = incoming
    func add(_ i: Int, _ j: Int, _ probability: Double) {
      guard probability > 0 else { return }
      incoming[j].append((i, logarithm(probability)))
      outgoing[i].append((j, logarithm(probability)))
    }
    if case .sparse(let matrix) = transition.storage {
      for i in 0..<states {
        for entry in matrix.entries(ofRow: i) {
          add(i, matrix.columnIndices[entry], matrix.values[entry])
        }
      }
    } else {
      let matrix = transition.matrix(from: frame)
      for i in 0..<states {
        for j in 0..<states { add(i, j, matrix[i, j]) }
      }
    }
    (self.incoming, self.outgoing) = (incoming, outgoing)
  }

  /// ln of the distribution one frame later.
  func advance(_ filtered: [Double]) -> [Double] {
    incoming.map { Self.logSum($0, filtered) }
  }

  /// ln Σ exp(weight + value of the state) over some steps: without an array of terms, which would take
  /// longer than their sum.
  private static func logSum(_ steps: [Step], _ values: [Double]) -> Double {
    var largest = -Double.infinity
    for step in steps { largest = max(largest, values[step.state] + step.weight) }
    guard largest.isFinite else { return largest }
    var sum = 0.0
    for step in steps { sum += exponential(values[step.state] + step.weight - largest) }
    return largest + logarithm(sum)
  }

  /// One step back of the smoother.
  ///
  /// - Parameters:
  ///   - ratios: ln (smoothed / predicted) of the later frame.
  ///   - filtered: ln of the earlier frame's filtered probabilities.
  ///   - sums: Receives the probability of every step, states × states, where wanted.
  /// - Returns: ln of the earlier frame's smoothed probabilities.
  func retreat(
    _ ratios: [Double], filtered: [Double], addingTo sums: UnsafeMutablePointer<Double>?
  ) -> [Double] {
    var smoothed = (0..<states).map { filtered[$0] + Self.logSum(outgoing[$0], ratios) }
    let total = TencaNumerics.logSum(smoothed)
    for state in 0..<states { smoothed[state] -= total }
    guard let sums else { return smoothed }
    for i in 0..<states {
      let offset = filtered[i] - total
      for step in outgoing[i] {
        sums[i * states + step.state] += exponential(offset + step.weight + ratios[step.state])
      }
    }
    return smoothed
  }
}

/// A whole sequence worked through in logarithms.
struct LogarithmicPass {
  /// ln of the predicted and filtered probabilities, one row a frame.
  private(set) var predicted: [[Double]] = []
  private(set) var filtered: [[Double]] = []
  private let transition: TransitionMatrix
  private let constant: LogarithmicChain?
  private let piece: FramePlan.Piece

  init(
    _ chain: MarkovChain, _ piece: FramePlan.Piece, of source: some RowSource
  ) throws {
    transition = chain.transition
    constant = transition.varies ? nil : LogarithmicChain(transition, from: 0)
    self.piece = piece
    var state = ForwardState(chain)
    for frame in piece.frames {
      let row = try state.logarithmicStep(
        frame, piece.sequence, source: source, returnsToLinear: false)
      predicted.append(row.predicted)
      filtered.append(row.filtered)
      if frame + 1 < piece.frames.upperBound { state.advance(row.filtered, by: steps(frame)) }
    }
  }

  private func steps(_ frame: Int) -> LogarithmicChain {
    constant ?? LogarithmicChain(transition, from: frame)
  }

  /// Writes the smoothed probabilities of every frame, and adds those of every step.
  func smooth(
    into target: UnsafeMutablePointer<Double>, addingTo sums: UnsafeMutablePointer<Double>,
    _ steps: Smoother.StepReceiver?
  ) {
    let states = transition.stateCount
    var smoothed = filtered.last!
    for index in stride(from: filtered.count - 1, through: 0, by: -1) {
      if index < filtered.count - 1 {
        if let steps {
          var own = [Double](repeating: 0, count: states * states)
          smoothed = retreat(smoothed, to: index, addingTo: &own)
          for entry in own.indices { sums[entry] += own[entry] }
          steps(piece.frames.lowerBound + index, own)
        } else {
          smoothed = retreat(smoothed, to: index, addingTo: sums)
        }
      }
      for state in 0..<states { target[index * states + state] = exponential(smoothed[state]) }
    }
  }

  /// p(state in a frame | the frames up to another), both counted within the sequence.
  func smoothed(_ frame: Int, seeing last: Int) -> [Double] {
    var smoothed = filtered[last]
    for index in stride(from: last - 1, through: frame, by: -1) {
      smoothed = retreat(smoothed, to: index, addingTo: nil)
    }
    return smoothed.map(exponential)
  }

  /// ln of the smoothed probabilities of a frame, from those of the one after.
  private func retreat(
    _ smoothed: [Double], to index: Int, addingTo sums: UnsafeMutablePointer<Double>?
  ) -> [Double] {
    let ratios = zip(smoothed, predicted[index + 1]).map {
      $0 == -.infinity ? -.infinity : $0 - $1
    }
    return steps(piece.frames.lowerBound + index).retreat(
      ratios, filtered: filtered[index], addingTo: sums)
  }
}
