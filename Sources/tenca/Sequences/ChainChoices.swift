import ArgumentParser
internal import TencaMarkov
internal import TencaNumerics

/// Which steps between states are possible.
enum Topology: String, ExpressibleByArgument, CaseIterable {
  case ergodic
  case leftRight = "left-right"
  case cyclic
}

/// `--durations` by name.
struct DurationChoice: ExpressibleByArgument {
  let kind: DurationDistribution.Kind

  init?(argument: String) {
    guard let kind = DurationDistribution.Kind(argument) else { return nil }
    self.kind = kind
  }
}

/// `--start` by name.
enum StartDistribution: String, ExpressibleByArgument, CaseIterable {
  case free, fixed, stationary

  var option: HiddenMarkovOptions.Freedom {
    switch self {
    case .free: .free
    case .fixed: .fixed
    case .stationary: .stationary
    }
  }
}

/// `--training` by name.
enum TrainingKind: String, ExpressibleByArgument, CaseIterable {
  case baumWelch = "baum-welch"
  case viterbi

  var option: HiddenMarkovOptions.Training { self == .viterbi ? .viterbi : .baumWelch }
}

extension Topology {
  /// A chain of this shape; nil where every step is possible, which learning finds a start for.
  func chain(_ states: Int) throws -> MarkovChain? {
    let first = [1.0] + [Double](repeating: 0, count: states - 1)
    switch self {
    case .ergodic: return nil
    case .leftRight:
      return try MarkovChain(initial: first, transition: .leftRight(states))
    case .cyclic:
      let rows = (0..<states).map { i in
        (0..<states).map { j in
          states == 1 ? 1 : j == i ? 0.9 : j == (i + 1) % states ? 0.1 : 0
        }
      }
      let anywhere = [Double](repeating: 1 / Double(states), count: states)
      return try MarkovChain(initial: anywhere, transition: rows)
    }
  }
}
