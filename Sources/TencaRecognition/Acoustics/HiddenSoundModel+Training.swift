internal import TencaMarkov
internal import TencaMixture
internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

extension HiddenSoundModel {
  /// A trained model, and the mean log-likelihood of its frames in the last round.
  struct Fit: Sendable {
    let model: HiddenSoundModel
    let logLikelihood: Double
  }

  /// Learns from sequences of one class: every state gets as many frames of each sequence (left-right)
  /// or a cluster (ergodic), then paths and parameters are found in turn while mixtures grow by
  /// splitting, and at last all paths are weighed (Rabiner 1989; Young et al., The HTK Book).
  ///
  /// - Parameters:
  ///   - sequences: Of ``FrameStandardization/powers(of:)``, at least one, none empty.
  ///   - components: Gaussians a state, as far as frames suffice.
  ///   - seed: For the clusters.
  /// - Throws: `MarkovError`, `MixtureError`, `CancellationError`.
  /// - Complexity: O(rounds · frames · states · (components · columns + states)).
  static func fit(
    _ sequences: [NDArray<Float>], components: Int, options: HiddenSoundOptions, seed: UInt64,
    cancellation: Cancellation
  ) throws -> Fit {
    var trainer = try HiddenSoundTrainer(sequences, options: options, seed: seed)
    let rounds = max(options.viterbiRounds, 1)
    for round in 0..<rounds {
      try cancellation.check()
      // Mixtures are complete at two thirds of the way.
      let size = min(components, 1 + (3 * round * components) / (2 * rounds))
      try trainer.estimate(growingTo: size)
      try trainer.align()
    }
    for _ in 0..<options.baumWelchRounds {
      try cancellation.check()
      try trainer.weighAllPaths()
    }
    return trainer.fit
  }
}

/// What training a class keeps between rounds.
private struct HiddenSoundTrainer {
  private let topology: StateTopology
  private let lengths: [Int]
  private let frames: NDArray<Float>
  private let limits: GaussianLimits
  private let stateCount: Int
  private var chain: MarkovChain
  private var bank: GaussianBank
  /// The state of every frame.
  private var path: [Int]
  private var logLikelihood = 0.0

  init(_ sequences: [NDArray<Float>], options: HiddenSoundOptions, seed: UInt64) throws {
    topology = options.topology
    lengths = sequences.map(\.rows)
    frames = .concatenated(sequences)
    limits = GaussianLimits(varianceFloor: options.varianceFloor)
    let median = lengths.sorted()[lengths.count / 2]
    let states = min(options.states ?? HiddenSoundOptions.states(forFrames: median), frames.rows)
    stateCount = states
    let columns = (frames.columns - 1) / 2
    bank = GaussianBank(flat: states, columns: columns)
    switch options.topology {
    case .leftRight:
      path = lengths.flatMap { length in (0..<length).map { $0 * states / length } }
    case .ergodic:
      let clusters = try KMeans.fit(
        Self.smoothed(frames.slice(axis: 1, 0..<columns), lengths: lengths),
        options: KMeansOptions(clusters: states, restarts: 5, seed: seed))
      path = clusters.labels
    }
    chain = try Self.chain(topology, states: states, path: path, lengths: lengths)
  }

  var fit: HiddenSoundModel.Fit {
    var counts = [Double](repeating: 0, count: stateCount)
    for state in path { counts[state] += 1 }
    return HiddenSoundModel.Fit(
      model: HiddenSoundModel(
        topology: topology, chain: chain, bank: bank,
        stateShares: counts.map { $0 / Double(path.count) }),
      logLikelihood: logLikelihood / Double(path.count))
  }

  /// The M-step from the frames of each state, then splits.
  mutating func estimate(growingTo size: Int) throws {
    var members = [[Int]](repeating: [], count: stateCount)
    for (frame, state) in path.enumerated() { members[state].append(frame) }
    let statistics = bank.statistics(
      of: frames, members: members, states: 0..<stateCount, theta: bank.naturalParameters)
    bank = bank.maximized(statistics, limits: limits).grown(
      to: [Int](repeating: size, count: stateCount), occupancies: members.map { Double($0.count) },
      limits: limits)
    chain = try Self.chain(topology, states: stateCount, path: path, lengths: lengths)
  }

  /// The best path through every sequence.
  mutating func align() throws {
    let best = try chain.viterbi(endingWell(), lengths: lengths)
    path = best.states
    logLikelihood = best.logProbability
  }

  /// A round of Baum-Welch.
  mutating func weighAllPaths() throws {
    let smoothed = try chain.smoothed(endingWell(), lengths: lengths)
    // What a state hardly takes part in is left out: it would cost as much as all the rest.
    let members = (0..<stateCount).map { state in
      (0..<frames.rows).filter { smoothed.smoothed[$0, state] > 1e-3 }
    }
    let weights = members.enumerated().map { state, members in
      members.map { Float(smoothed.smoothed[$0, state]) }
    }
    let statistics = bank.statistics(
      of: frames, members: members, weights: weights, states: 0..<stateCount,
      theta: bank.naturalParameters)
    bank = bank.maximized(statistics, limits: limits)
    logLikelihood = smoothed.logLikelihood
    path = smoothed.mostProbableStates
    let initial =
      topology == .leftRight
      ? chain.initial : Self.initial(of: path, lengths: lengths, states: stateCount)
    chain = try MarkovChain(
      initial: initial,
      transition: TransitionMatrix(
        Self.rows(topology, counts: smoothed.expectedTransitions.elements, states: stateCount)))
  }

  /// ln p(frame | state), with all but the last state forbidden where a left-right sequence ends.
  private func endingWell() -> NDArray<Float> {
    var scores = BankScorer(bank).logLikelihoods(frames)
    guard topology == .leftRight else { return scores }
    let states = stateCount
    scores.withUnsafeMutableBuffer { scores in
      var end = 0
      for length in lengths {
        end += length
        if length < states { continue }
        for state in 0..<states - 1 { scores[(end - 1) * states + state] = -.infinity }
      }
    }
    return scores
  }

  /// The mean of each frame and its neighbours: states last, so clusters are to be of what lasts, not of
  /// what differs from frame to frame.
  private static func smoothed(_ frames: NDArray<Float>, lengths: [Int]) -> NDArray<Float> {
    let (reach, width) = (3, frames.columns)
    return NDArray(shape: frames.shape) { target in
      frames.withUnsafeBuffer { source in
        var start = 0
        for length in lengths {
          for frame in start..<start + length {
            let window = max(start, frame - reach)...min(start + length - 1, frame + reach)
            for column in 0..<width {
              let sum = window.reduce(Float(0)) { $0 + source[$1 * width + column] }
              target[frame * width + column] = sum / Float(window.count)
            }
          }
          start += length
        }
      }
    }
  }

  private static func chain(
    _ topology: StateTopology, states: Int, path: [Int], lengths: [Int]
  ) throws -> MarkovChain {
    var counts = [Double](repeating: 0, count: states * states)
    var start = 0
    for length in lengths {
      for frame in start..<start + length - 1 {
        counts[path[frame] * states + path[frame + 1]] += 1
      }
      start += length
    }
    return try MarkovChain(
      initial: topology == .leftRight
        ? (0..<states).map { $0 == 0 ? 1 : 0 }
        : initial(of: path, lengths: lengths, states: states),
      transition: TransitionMatrix(rows(topology, counts: counts, states: states)))
  }

  /// Where sequences start, every state having been seen once more than it was.
  private static func initial(of path: [Int], lengths: [Int], states: Int) -> [Double] {
    var counts = [Double](repeating: 1, count: states)
    var start = 0
    for length in lengths {
      counts[path[start]] += 1
      start += length
    }
    let sum = counts.reduce(0, +)
    return counts.map { $0 / sum }
  }

  /// Transition probabilities from counts; each possible step has been seen once more than it was, so
  /// that no row is empty.
  private static func rows(
    _ topology: StateTopology, counts: [Double], states: Int
  ) -> NDArray<Double> {
    NDArray(shape: [states, states]) { target in
      for from in 0..<states {
        let row = (0..<states).map { to in
          topology == .ergodic || to == from || to == from + 1
            ? counts[from * states + to] + 1 : 0
        }
        let sum = row.reduce(0, +)
        for to in 0..<states { target[from * states + to] = row[to] / sum }
      }
    }
  }
}
