internal import TencaNumerics

extension MarkovChain {
  /// The chain under which these expected counts are most likely, within what is free.
  ///
  /// Zeros stay zero; rows of states that are never left keep what they were.
  func maximized(_ sums: Smoother.Sums, options: HiddenMarkovOptions) throws -> MarkovChain {
    var matrix: NDArray<Double>?
    if options.transition == .free {
      let old = transition.matrix
      var counts = NDArray(sums.transitions, shape: old.shape)
      for i in 0..<stateCount {
        for j in 0..<stateCount where old[i, j] > 0 {
          counts[i, j] += options.transitionPseudocount
        }
      }
      matrix =
        options.initial == .stationary
        ? try stationaryMaximum(counts: counts, initial: sums.initial, start: old)
        : old.replacingRows(byShares: counts)
    }
    let transition = matrix.map(transition.replacing) ?? transition
    let initial: [Double]
    switch options.initial {
    case .fixed: initial = self.initial
    case .stationary: initial = try TencaMarkov.stationaryDistribution(transition.matrix)
    case .free:
      let counts = zip(sums.initial, self.initial).map {
        $1 > 0 ? $0 + options.initialPseudocount : 0
      }
      let total = counts.reduce(0, +)
      initial = total > 0 ? counts.map { $0 / total } : self.initial
    }
    return MarkovChain(uncheckedInitial: initial, transition: transition)
  }

  /// ln of the prior's density, as far as it depends on the chain.
  func logPrior(_ options: HiddenMarkovOptions) -> Double {
    var sum = 0.0
    if options.transitionPseudocount > 0 {
      for entry in transition.matrix.elements where entry > 0 {
        sum += options.transitionPseudocount * logarithm(entry)
      }
    }
    if options.initialPseudocount > 0 && options.initial == .free {
      for entry in initial where entry > 0 { sum += options.initialPseudocount * logarithm(entry) }
    }
    return sum
  }
}

extension NDArray<Double> {
  /// The matrix with every row replaced by the shares of its counts, where there are any.
  fileprivate func replacingRows(byShares counts: NDArray<Double>) -> NDArray<Double> {
    var result = self
    for i in 0..<rows {
      let row = counts.row(i).elements
      let total = row.reduce(0, +)
      // Less than this are traces of a state that is never left.
      guard total > 1e-100 else { continue }
      for j in 0..<columns { result[i, j] = row[j] / total }
    }
    return result
  }
}

/// The transition matrix that makes counts of steps and of first states most likely, where first
/// states come from its own stationary distribution π:
/// the maximum of Q = Σ nᵢⱼ ln aᵢⱼ + Σ mⱼ ln πⱼ.
///
/// ∂Q/∂aᵢⱼ is nᵢⱼ/aᵢⱼ plus that of ``stationarySlope(_:kept:counts:)``. Each row moves to
/// shares of aᵢⱼ·∂Q/∂aᵢⱼ, made positive by a constant that grows until Q does not fall (L. Baum,
/// J. Eagon, 1967). First states are few beside steps, so a handful of moves settles it.
private func stationaryMaximum(
  counts: NDArray<Double>, initial: [Double], start: NDArray<Double>
) throws -> NDArray<Double> {
  let states = initial.count
  func objective(_ matrix: NDArray<Double>, _ kept: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<states {
      if initial[i] > 0 { sum += initial[i] * logarithm(kept[i]) }
      for j in 0..<states where counts[i, j] > 0 { sum += counts[i, j] * logarithm(matrix[i, j]) }
    }
    return sum
  }
  // The counts alone are nearly the answer; what counts is to end above the start.
  var matrix = start
  var kept = try stationaryDistribution(matrix)
  var value = objective(matrix, kept)
  let shares = start.replacingRows(byShares: counts)
  if let other = try? stationaryDistribution(shares), objective(shares, other) > value {
    (matrix, kept, value) = (shares, other, objective(shares, other))
  }
  for _ in 0..<50 {
    let slope = stationarySlope(matrix, kept: kept, counts: initial)
    let least = (0..<states).map { slope.row($0).elements.min()! }
    var (constant, improved, gain) = (0.0, false, 0.0)
    for _ in 0..<30 {
      let moved = NDArray<Double>(shape: [states, states]) { target in
        for i in 0..<states {
          for j in 0..<states {
            let rest = slope[i, j] - least[i] + constant
            target[i * states + j] = counts[i, j] + matrix[i, j] * rest
          }
        }
      }
      let candidate = matrix.replacingRows(byShares: moved)
      if let other = try? stationaryDistribution(candidate) {
        gain = objective(candidate, other) - value
        if gain >= 0 {
          (matrix, kept, value) = (candidate, other, value + gain)
          improved = true
          break
        }
      }
      constant = max(1, 4 * constant)
    }
    if !improved || gain <= 1e-13 * max(1, abs(value)) { break }
  }
  return matrix
}
