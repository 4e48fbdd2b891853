internal import Foundation

extension WordGraph {
  /// Whether a sentence can be said.
  ///
  /// - Complexity: As ``logProbability(of:)``.
  public func accepts(_ words: [String]) -> Bool { logProbability(of: words) != nil }

  /// The natural logarithm of the probability of a sentence's best path; nil when there is no path.
  ///
  /// A path takes a cycle of epsilons whose weight is above 0, which no probability has, at most
  /// ``stateCount`` times.
  ///
  /// - Complexity: O(*n* · *a*) for *n* words and *a* arcs unless epsilons form cycles.
  public func logProbability(of words: [String]) -> Double? {
    let leaving = leaving()
    var best = silentReach(from: [start: 0], leaving: leaving)
    for word in words {
      var next: [Int: Double] = [:]
      for (state, score) in best {
        for index in leaving[state] where arcs[index].word == word {
          let arc = arcs[index]
          next[arc.to] = max(next[arc.to] ?? -.infinity, score + arc.logProbability)
        }
      }
      best = silentReach(from: next, leaving: leaving)
      if best.isEmpty { return nil }
    }
    return best.compactMap { state, score in finals[state].map { $0 + score } }.max()
  }

  /// A random sentence: at each state one of its arcs, or ending, by their probabilities.
  ///
  /// Weights that leave a state are scaled to add up to 1.
  ///
  /// - Parameters:
  ///   - limit: The most arcs to follow.
  ///   - generator: Where randomness comes from.
  /// - Returns: The sentence; nil when it was not over at the limit or a state led nowhere.
  public func sample(limit: Int = 10_000, using generator: inout some RandomNumberGenerator)
    -> [String]?
  {
    let leaving = leaving()
    var (state, words) = (start, [String]())
    for _ in 0...limit {
      let ending = finals[state].map(exp) ?? 0
      let weights = leaving[state].map { exp(arcs[$0].logProbability) }
      let total = weights.reduce(ending, +)
      guard total > 0 else { return nil }
      var chosen = Double.random(in: 0..<total, using: &generator) - ending
      if chosen < 0 { return words }
      var taken: Int?
      for (weight, index) in zip(weights, leaving[state]) where weight > 0 {
        taken = index
        chosen -= weight
        if chosen < 0 { break }
      }
      guard let taken else { return words }
      if let word = arcs[taken].word { words.append(word) }
      state = arcs[taken].to
    }
    return nil
  }

  /// The best weight of every state that epsilons lead to from some states, these included
  /// (Bellman-Ford, in rounds so that a cycle of weight above 0 comes to an end).
  func silentReach(from sources: [Int: Double], leaving: [[Int]]) -> [Int: Double] {
    var best = sources
    var changed = sources
    for _ in 0..<stateCount where !changed.isEmpty {
      var next: [Int: Double] = [:]
      for (state, score) in changed {
        for index in leaving[state] where arcs[index].word == nil {
          let arc = arcs[index]
          let reached = score + arc.logProbability
          if reached > best[arc.to] ?? -.infinity {
            best[arc.to] = reached
            next[arc.to] = reached
          }
        }
      }
      changed = next
    }
    return best
  }
}
