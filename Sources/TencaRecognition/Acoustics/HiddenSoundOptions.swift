/// How a hidden Markov model of a kind of sound is built and trained.
public struct HiddenSoundOptions: Sendable, Codable, Equatable {
  /// How its states may follow each other.
  public var topology = StateTopology.leftRight
  /// The number of states; nil: by how long the class's sounds are, ``states(forFrames:)``.
  public var states: Int?
  /// Viterbi training: rounds of aligning and estimating anew.
  public var viterbiRounds = 14
  /// Baum-Welch: rounds of weighing all paths after that.
  public var baumWelchRounds = 4
  /// The least variance, as a share of that of all classes' frames: wide enough for voices that were
  /// not heard in training.
  public var varianceFloor = 0.1

  /// Makes the defaults.
  public init() {}

  /// A state for about every six frames, from 3 to 10: long enough for each to be heard.
  static func states(forFrames median: Int) -> Int { min(max(median / 6, 3), 10) }

  /// Words for the command line.
  public enum Help {
    /// For ``HiddenSoundOptions/topology``.
    public static let topology =
      "How hidden states follow each other: one after another, or any after any."
    /// For ``HiddenSoundOptions/states``.
    public static let states =
      "Hidden states a class. Default: by how long its sounds are, 3 to 10."
    /// For ``HiddenSoundOptions/viterbiRounds``.
    public static let viterbiRounds = "Rounds of training on the best path."
    /// For ``HiddenSoundOptions/baumWelchRounds``.
    public static let baumWelchRounds = "Rounds of training on all paths, after those."
  }
}
