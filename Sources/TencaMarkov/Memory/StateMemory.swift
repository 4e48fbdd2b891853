internal import TencaNumerics

/// States together with some that were there before them: what an emission sees that depends on its
/// state and on those of the rows before.
///
/// A tuple is a number of memory + 1 digits in base K; the first digit is the state of the row itself,
/// the last that of `length` rows before. Only tuples that share all but one digit follow each other.
struct StateMemory: Sendable, Equatable {
  /// K.
  let states: Int
  /// How many states before are remembered.
  let length: Int

  /// The number of tuples.
  var tuples: Int { (0...length).reduce(1) { product, _ in product * states } }

  /// What the last digit is counted in, and the first.
  private var firstUnit: Int { tuples / states }

  /// The state `back` rows before that of a tuple.
  func state(of tuple: Int, back: Int = 0) -> Int {
    (0..<length - back).reduce(tuple) { rest, _ in rest / states } % states
  }

  /// The tuple of a row whose states, and those before, are given, the latest first.
  func tuple(_ latest: some Sequence<Int>) -> Int { latest.reduce(0) { $0 * states + $1 } }

  /// The tuple that follows where the next state is known.
  private func next(_ tuple: Int, _ state: Int) -> Int { state * firstUnit + tuple / states }

  /// The chain of tuples.
  ///
  /// The states before the first row come from the chain's own steps, the oldest from its initial
  /// distribution. Where steps are not all alike, they are taken for the same as the first.
  func expanded(_ chain: MarkovChain) -> MarkovChain {
    if length == 0 { return chain }
    var initial = [Double](repeating: 0, count: tuples)
    let transition: TransitionMatrix
    if case .varying(let matrices) = chain.transition.storage {
      for state in 0..<states {
        initial[tuple([Int](repeating: state, count: length + 1))] = chain.initial[state]
      }
      transition = TransitionMatrix(
        uncheckedVarying: NDArray(shape: [matrices.rows, tuples, tuples]) { target in
          for index in target.indices { target[index] = 0 }
          for row in 0..<matrices.rows {
            for tuple in 0..<tuples {
              for state in 0..<states {
                target[(row * tuples + tuple) * tuples + next(tuple, state)] =
                  matrices[[row, self.state(of: tuple), state]]
              }
            }
          }
        })
    } else {
      let matrix = chain.transition.matrix
      for tuple in 0..<tuples {
        initial[tuple] = (0..<length).reduce(chain.initial[state(of: tuple, back: length)]) {
          $0 * matrix[state(of: tuple, back: $1 + 1), state(of: tuple, back: $1)]
        }
      }
      var whole = NDArray<Double>(zeros: [tuples, tuples])
      for tuple in 0..<tuples {
        for state in 0..<states {
          whole[tuple, next(tuple, state)] = matrix[self.state(of: tuple), state]
        }
      }
      transition = TransitionMatrix(uncheckedSparse: whole)
    }
    return MarkovChain(uncheckedInitial: initial, transition: transition)
  }

  /// What sums over tuples tell about states.
  func folded(_ sums: Smoother.Sums, hasSteps: Bool) -> Smoother.Sums {
    var result = Smoother.Sums(states: states)
    result.logLikelihoods = sums.logLikelihoods
    result.transitions = folded(sums.transitions)
    for tuple in 0..<tuples {
      result.last[state(of: tuple)] += sums.last[tuple]
      let first = sums.initial[tuple]
      result.initial[state(of: tuple, back: length)] += first
      guard hasSteps else { continue }
      for back in 0..<length {
        let (from, to) = (state(of: tuple, back: back + 1), state(of: tuple, back: back))
        result.transitions[from * states + to] += first
      }
    }
    return result
  }

  /// The probabilities of steps between states, from those between tuples.
  func folded(_ steps: some RandomAccessCollection<Double>) -> [Double] {
    var result = [Double](repeating: 0, count: states * states)
    let first = steps.startIndex
    for tuple in 0..<tuples {
      for state in 0..<states {
        result[self.state(of: tuple) * states + state] +=
          steps[steps.index(first, offsetBy: tuple * tuples + next(tuple, state))]
      }
    }
    return result
  }

  /// The probabilities of states, from those of tuples, rows × tuples.
  func folded(_ probabilities: NDArray<Double>) -> NDArray<Double> {
    NDArray(shape: [probabilities.rows, states]) { target in
      for index in target.indices { target[index] = 0 }
      for row in 0..<probabilities.rows {
        for tuple in 0..<tuples {
          target[row * states + state(of: tuple)] += probabilities[row, tuple]
        }
      }
    }
  }
}
