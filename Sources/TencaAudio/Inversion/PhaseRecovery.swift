public import TencaNumerics

/// Finds a sound whose short-time transform has given magnitudes: the algorithm of Griffin and Lim
/// (1984), with the momentum of Perraudin, Balazs and Søndergaard (2013).
///
/// ```swift
/// let transform = try ShortTimeFourierTransform(fftLength: 512, hopLength: 128)
/// let recovered = try PhaseRecovery(transform).sound(of: magnitudes)
/// print(recovered.inconsistencies.last!)
/// ```
///
/// Each iteration transforms the sound, keeps the phases, puts the wanted magnitudes back and takes
/// the least-squares sound of that. One seed gives the same sound on any number of threads.
public struct PhaseRecovery: Sendable {
  /// The transform whose magnitudes are given.
  public let transform: ShortTimeFourierTransform
  /// How phases are found.
  public let options: PhaseRecoveryOptions

  /// Windows that add up to less than this share of their greatest sum are taken for that much: at
  /// the ends of a sound that only the foot of a window covers, the least-squares sound of magnitudes
  /// that are not quite consistent would else be clicks thousands of times too loud.
  private static let leastWeight: Float = 0.01

  /// What is known after an iteration.
  public struct Iteration: Sendable, Equatable {
    /// 0 for the sound of random phases, then counted from 1.
    public let number: Int
    /// ‖|STFT(x)| - S‖ / ‖S‖ of the sound so far, over all bins of the two-sided transform. 0 is a
    /// sound that has the magnitudes. Without momentum it never rises.
    public let inconsistency: Double
  }

  /// A sound, and how its magnitudes came closer.
  public struct Result: Sendable, Equatable {
    /// The samples, on the scale of the magnitudes.
    public let samples: [Float]
    /// The ``Iteration/inconsistency`` of random phases and after each iteration.
    public let inconsistencies: [Double]
  }

  /// Prepares a recovery.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(
    _ transform: ShortTimeFourierTransform, _ options: PhaseRecoveryOptions = .init()
  ) throws {
    try options.check()
    self.transform = transform
    self.options = options
  }

  /// The sound of a magnitude spectrogram.
  ///
  /// - Parameters:
  ///   - magnitudes: frames × bins, none negative.
  ///   - length: The number of samples wanted; by default all that the frames cover.
  ///   - name: What errors call the spectrogram.
  ///   - execution: How many threads, who may stop it, who hears of progress.
  ///   - report: Told of random phases and of every iteration.
  /// - Throws: ``AudioError/wrongWidth(place:found:needed:reason:)``,
  ///   ``AudioError/badCell(place:row:column:problem:)`` for a value that is negative, NaN or
  ///   infinite, ``AudioError/silence(place:)`` where all are 0,
  ///   ``AudioError/tooShort(place:found:needed:unit:)`` without a frame, `CancellationError`.
  /// - Complexity: O(iterations · frames · fftLength · log fftLength).
  public func sound(
    of magnitudes: NDArray<Float>, length: Int? = nil, name: String = "spectrogram",
    execution: Execution = .serial, report: (Iteration) throws -> Void = { _ in }
  ) throws -> Result {
    try SpectrogramCheck(name: name).requireMagnitudes(magnitudes, columns: transform.bins)
    let length = length ?? transform.coveredLength(frames: magnitudes.rows)
    guard length > 0 else {
      throw AudioError.tooShort(place: name, found: length, needed: 1, unit: "samples")
    }
    let sum = OverlapAdd(
      transform.geometry, window: transform.window, frames: magnitudes.rows, length: length,
      mirrors: true, leastWeight: Self.leastWeight)
    let steps = PhaseSteps(
      transform: transform, sum: sum, magnitudes: magnitudes.contiguous(), options: options,
      execution: execution)
    let counter = ProgressCounter(
      execution, task: "recovering phases", total: options.iterations + 1)
    var inconsistencies: [Double] = []
    try steps.start()
    for number in 0...options.iterations {
      inconsistencies.append(try steps.step(isLast: number == options.iterations))
      try report(Iteration(number: number, inconsistency: inconsistencies[number]))
      counter.advance()
    }
    return Result(samples: steps.sound, inconsistencies: inconsistencies)
  }
}
