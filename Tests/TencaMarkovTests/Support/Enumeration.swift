import TencaMarkov
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The slow, obvious truth: all paths of a short sequence, one by one.
struct Enumeration {
  /// Every path with a probability above zero, and p(path, frames).
  let paths: [(states: [Int], probability: Double)]
  let total: Double
  private let frames: Int
  private let states: Int

  init(_ chain: MarkovChain, _ logLikelihoods: NDArray<Double>, frames: Range<Int>? = nil) {
    let frames = frames ?? 0..<logLikelihoods.rows
    let states = chain.stateCount
    var paths: [(states: [Int], probability: Double)] = [([], 1)]
    for frame in frames {
      paths = paths.flatMap { path in
        (0..<states).map { state in
          let step =
            path.states.last.map { last in
              switch chain.transition.storage {
              case .varying(let matrices): matrices[[frame - 1, last, state]]
              default: chain.transition.matrix[last, state]
              }
            } ?? chain.initial[state]
          return (
            path.states + [state],
            path.probability * step * exp(logLikelihoods[frame, state])
          )
        }
      }
    }
    self.paths = paths.filter { $0.probability > 0 }
    total = paths.reduce(0) { $0 + $1.probability }
    self.frames = frames.count
    self.states = states
  }

  /// p(state in a frame | all frames).
  func smoothed(_ frame: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: states)
    for path in paths { sums[path.states[frame]] += path.probability / total }
    return sums
  }

  /// Σ p(i, then j | all frames).
  var transitions: [Double] {
    var sums = [Double](repeating: 0, count: states * states)
    for path in paths {
      for frame in 1..<max(frames, 1) {
        sums[path.states[frame - 1] * states + path.states[frame]] += path.probability / total
      }
    }
    return sums
  }

  var sorted: [(states: [Int], probability: Double)] {
    paths.sorted { $0.probability > $1.probability }
  }
}

/// A chain and log-likelihoods to try inference on.
struct InferenceCase: CustomTestStringConvertible, Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case dense, zeros, leftRight, sparse, varying, impossible, extreme
  }
  let kind: Kind
  let states: Int
  let frames: Int

  var testDescription: String { "\(kind.rawValue), \(states) states, \(frames) frames" }

  static let all = Kind.allCases.flatMap { kind in
    [(1, 1), (1, 4), (2, 1), (2, 8), (3, 7), (4, 2), (4, 6)].map {
      InferenceCase(kind: kind, states: $0.0, frames: $0.1)
    }
  }

  func make() throws -> (chain: MarkovChain, logLikelihoods: NDArray<Double>) {
    var random = RandomStream(seed: UInt64(states * 100 + frames), stream: UInt64(kind.hashNumber))
    func shares(_ allowed: (Int) -> Bool) -> [Double] {
      let raw = (0..<states).map { allowed($0) ? 0.05 + random.uniform() : 0 }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    func matrix(_ allowed: (Int, Int) -> Bool) -> NDArray<Double> {
      NDArray(rows: (0..<states).map { i in shares { allowed(i, $0) } })
    }
    let all: (Int, Int) -> Bool = { _, _ in true }
    let ring: (Int, Int) -> Bool = { i, j in j == i || j == (i + 1) % states }
    var initial = shares { _ in true }
    let transition: TransitionMatrix
    switch kind {
    case .dense, .extreme, .impossible: transition = try TransitionMatrix(matrix(all))
    case .zeros: transition = try TransitionMatrix(matrix(ring))
    case .leftRight:
      initial = shares { $0 == 0 }
      transition = try TransitionMatrix(matrix { $1 == $0 || $1 == $0 + 1 })
    case .sparse:
      let full = matrix(ring)
      transition = try TransitionMatrix(
        SparseMatrix(
          columns: states,
          rows: (0..<states).map { row in
            (0..<states).filter { full[row, $0] > 0 }.map { (column: $0, value: full[row, $0]) }
          }))
    case .varying:
      transition = try TransitionMatrix(
        varying: NDArray(
          (0..<frames).flatMap { matrix($0 % 2 == 0 ? all : ring).elements },
          shape: [frames, states, states]))
    }
    let spread = kind == .extreme ? 60.0 : 3
    let logLikelihoods = NDArray<Double>(shape: [frames, states]) { target in
      for index in target.indices {
        target[index] = spread * (random.uniform() - 0.7)
        if kind == .impossible && states > 1 && index % 5 == 1 { target[index] = -.infinity }
      }
    }
    return (try MarkovChain(initial: initial, transition: transition), logLikelihoods)
  }
}

extension InferenceCase.Kind {
  var hashNumber: Int { Self.allCases.firstIndex(of: self)! }
}

/// The largest difference of two lists of numbers.
func largestDifference(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  precondition(a.count == b.count, "\(a.count) numbers beside \(b.count)")
  return zip(a, b).reduce(0) { max($0, $1.0 == $1.1 ? 0 : abs($1.0 - $1.1)) }
}
