internal import TencaNumerics

/// Learns the Gaussians of acoustic units from transcripts: paths and parameters in turn, mixtures growing
/// by splitting (Young et al., The HTK Book; Kaldi's recipe for monophones).
struct AcousticTrainer: Sendable {
  /// One stage of training.
  struct Schedule: Sendable {
    /// Rounds of estimating.
    let rounds: Int
    /// Gaussians of all states together at the end.
    let gaussians: Int
    /// The last round in which mixtures grow.
    let growthEnds: Int
    /// Rounds after which all frames are turned to suit diagonal covariances.
    let rotations: Set<Int>
    /// Rounds before which paths are found anew; each round while things still move.
    func realigns(_ round: Int) -> Bool {
      round < 8 || round < 20 && round % 2 == 0 || round % 4 == 0
    }
  }

  private(set) var units: AcousticUnits
  private(set) var bank: GaussianBank
  private(set) var alignments: [StateAlignment?]
  /// Of each utterance, why it could not be aligned in the last round.
  private(set) var failures: [Int: String] = [:]
  /// ln p a frame in the last alignment.
  private(set) var logLikelihood = 0.0
  /// What frames were multiplied by on the way, columns × columns.
  private(set) var rotation: NDArray<Double>
  let lexicon: PronunciationLexicon
  let limits: GaussianLimits
  /// The frames of each are a view of ``frames``.
  private(set) var utterances: [TrainingUtterance]
  private(set) var frames: NDArray<Float>
  private let starts: [Int]

  init(
    _ utterances: [TrainingUtterance], units: AcousticUnits, bank: GaussianBank,
    alignments: [StateAlignment?], lexicon: PronunciationLexicon, limits: GaussianLimits
  ) {
    self.utterances = utterances
    self.units = units
    self.bank = bank
    self.alignments = alignments
    self.lexicon = lexicon
    self.limits = limits
    rotation = .identity(bank.columns)
    frames = .concatenated(utterances.map(\.powers))
    starts = utterances.reduce(into: [0]) { $0.append($0.last! + $1.frameCount) }
    shareFrames()
  }

  private mutating func shareFrames() {
    for index in utterances.indices {
      utterances[index].powers = frames.rows(starts[index]..<starts[index + 1])
    }
  }

  /// Other frames, and the Gaussians that belong to them.
  mutating func replaceFrames(_ frames: NDArray<Float>, bank: GaussianBank) {
    self.frames = frames
    self.bank = bank
    shareFrames()
  }

  /// Flat start: the first pronunciation of each word, silence around, frames spread evenly.
  static func flat(
    _ utterances: [TrainingUtterance], units: AcousticUnits, columns: Int,
    lexicon: PronunciationLexicon, limits: GaussianLimits
  ) -> AcousticTrainer {
    let numbers = units.numbers
    let alignments = utterances.map { utterance in
      let spoken = utterance.words.flatMap { word in
        (lexicon.pronunciations(of: word).first ?? []).compactMap { numbers[$0] }
      }
      let silence = [AcousticUnits.silence]
      return StateAlignment(
        spreading: utterance.frameCount, over: silence + spoken + silence, units)
        ?? StateAlignment(spreading: utterance.frameCount, over: spoken, units)
    }
    return AcousticTrainer(
      utterances, units: units, bank: GaussianBank(flat: units.stateCount, columns: columns),
      alignments: alignments, lexicon: lexicon, limits: limits)
  }

  /// A trainer of other units, or on other frames, that goes on from these alignments.
  func continued(
    _ utterances: [TrainingUtterance], units: AcousticUnits, bank: GaussianBank
  ) -> AcousticTrainer {
    AcousticTrainer(
      utterances, units: units, bank: bank, alignments: alignments, lexicon: lexicon,
      limits: limits)
  }

  /// Runs a stage.
  ///
  /// - Throws: `CancellationError`, ``RecognitionError/nothingLeft(count:first:)`` where no utterance
  ///   can be aligned.
  mutating func train(_ schedule: Schedule, task: String, execution: Execution) throws {
    let counter = ProgressCounter(execution, task: task, total: schedule.rounds)
    for round in 0..<schedule.rounds {
      try execution.cancellation.check()
      if round > 0 && schedule.realigns(round) { try align(execution) }
      let share = min(1, Double(round + 1) / Double(schedule.growthEnds))
      let initial = Double(units.stateCount)
      try estimate(
        growingTo: Int(initial + share * max(0, Double(schedule.gaussians) - initial)), execution)
      if schedule.rotations.contains(round) {
        rotation = matrixProduct(try decorrelate(execution), rotation)
      }
      counter.advance()
    }
    try align(execution)
  }

  /// Finds the best path through every utterance; one that cannot be aligned takes no part.
  mutating func align(_ execution: Execution) throws {
    let aligner = UtteranceAligner(units: units, lexicon: lexicon, scorer: BankScorer(bank))
    let all = utterances
    let found = try execution.attempt(all.count, nil) { index in
      let utterance = all[index]
      let (history, graph, score) = try aligner.align(
        utterance.words, utterance.powers, name: utterance.name)
      return (StateAlignment(history, graph: graph), score)
    }
    failures = [:]
    var (total, count) = (0.0, 0)
    for (index, result) in found.enumerated() {
      switch result {
      case .success(let (alignment, score)):
        alignments[index] = alignment
        total += score
        count += utterances[index].frameCount
      case .failure(let error):
        alignments[index] = nil
        failures[index] = "\(error)"
      }
    }
    if failures.count == utterances.count {
      throw RecognitionError.nothingLeft(
        count: utterances.count, first: failures.min { $0.key < $1.key }?.value)
    }
    logLikelihood = total / Double(max(count, 1))
  }

  /// Of every state the numbers of its frames.
  func members() -> [[Int]] {
    var members = [[Int]](repeating: [], count: units.stateCount)
    for (index, alignment) in alignments.enumerated() {
      guard let alignment else { continue }
      for (frame, state) in alignment.states(units).enumerated() {
        members[state].append(starts[index] + frame)
      }
    }
    return members
  }

  /// The M-step from the frames of each state, then splits.
  mutating func estimate(growingTo gaussians: Int, _ execution: Execution) throws {
    let members = members()
    let (bank, frames, theta, chosen) = (bank, frames, bank.naturalParameters, members)
    let statistics = try execution.reduce(count: units.stateCount, block: 8) {
      bank.statistics(of: frames, members: chosen, states: $0, theta: theta)
    }!
    let occupancies = members.map { Double($0.count) }
    self.bank = bank.maximized(statistics, limits: limits).grown(
      to: GaussianBank.allotment(of: gaussians, occupancies: occupancies, power: 0.25),
      occupancies: occupancies, limits: limits)
    learnDurations()
  }

  /// Calls `body` with a frame of an utterance, of ``FrameStandardization/powers(of:)``.
  func withFrame(_ utterance: Int, _ frame: Int, _ body: (UnsafePointer<Float>) -> Void) {
    frames.withUnsafeBuffer {
      body($0.baseAddress! + (starts[utterance] + frame) * frames.columns)
    }
  }

  /// How long places last, from the alignments; every place has been left once and stayed in once more.
  private mutating func learnDurations() {
    var frames = units.stayProbabilities.map { $0.map { _ in 2.0 } }
    var visits = units.stayProbabilities.map { $0.map { _ in 1.0 } }
    for alignment in alignments {
      for segment in alignment?.segments ?? [] {
        var previous = -1
        for place in segment.places {
          frames[segment.unit][place] += 1
          if place != previous { visits[segment.unit][place] += 1 }
          previous = place
        }
      }
    }
    for unit in frames.indices {
      for place in frames[unit].indices {
        units.stayProbabilities[unit][place] = max(
          0.05, min(0.99, 1 - visits[unit][place] / frames[unit][place]))
      }
    }
  }
}
