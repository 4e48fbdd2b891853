public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// The Gaussian mixtures of many hidden states, side by side: p(x | s) = Σₖ wₖ N(x; μₖ, σₖ²), with
/// diagonal covariances.
///
/// What a set of hidden Markov models over speech or sound emits. Frames are on the scale of a
/// ``FrameStandardization``.
public struct GaussianBank: Sendable, Equatable {
  /// Where each state's Gaussians begin, and behind the last state their number.
  public private(set) var starts: [Int]
  /// w, one a Gaussian; those of a state sum to 1.
  public private(set) var weights: [Double]
  /// μ, Gaussians × columns.
  public private(set) var meanVectors: NDArray<Double>
  /// σ², Gaussians × columns.
  public private(set) var variances: NDArray<Double>

  /// Makes a bank of known parameters.
  ///
  /// - Parameters:
  ///   - sizes: The number of Gaussians of each state, none 0.
  ///   - weights: One a Gaussian.
  ///   - meanVectors: Gaussians × columns.
  ///   - variances: Gaussians × columns, all positive.
  /// - Throws: ``RecognitionError/badFeatures(reason:)`` saying what does not fit.
  public init(
    sizes: [Int], weights: [Double], meanVectors: NDArray<Double>, variances: NDArray<Double>
  ) throws {
    let count = sizes.reduce(0, +)
    guard sizes.allSatisfy({ $0 > 0 }), weights.count == count,
      meanVectors.shape == [count, meanVectors.shape.last ?? 0],
      variances.shape == meanVectors.shape
    else { throw RecognitionError.badFeatures(reason: "a bank of Gaussians of unequal lengths") }
    guard weights.allSatisfy({ $0 >= 0 && $0 <= 1.001 }),
      meanVectors.elements.allSatisfy(\.isFinite),
      variances.elements.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw RecognitionError.badFeatures(
        reason: "a weight, a mean or a variance of a Gaussian is no possible one")
    }
    self.init(
      unchecked: sizes, weights: weights, meanVectors: meanVectors, variances: variances)
  }

  init(
    unchecked sizes: [Int], weights: [Double], meanVectors: NDArray<Double>,
    variances: NDArray<Double>
  ) {
    starts = sizes.reduce(into: [0]) { $0.append($0.last! + $1) }
    self.weights = weights
    self.meanVectors = meanVectors
    self.variances = variances
  }

  /// One Gaussian a state, all of them that of the standardised data: the flat start.
  public init(flat stateCount: Int, columns: Int) {
    self.init(
      unchecked: [Int](repeating: 1, count: stateCount),
      weights: [Double](repeating: 1, count: stateCount),
      meanVectors: NDArray(zeros: [stateCount, columns]),
      variances: NDArray(repeating: 1, shape: [stateCount, columns]))
  }

  /// The number of states.
  public var stateCount: Int { starts.count - 1 }
  /// The number of Gaussians of all states together.
  public var gaussianCount: Int { weights.count }
  /// The number of columns of a frame.
  public var columns: Int { meanVectors.columns }

  /// The Gaussians of a state.
  public func gaussians(of state: Int) -> Range<Int> { starts[state]..<starts[state + 1] }

  /// The states of several banks, one bank's after another's.
  public static func concatenated(_ banks: [GaussianBank]) -> GaussianBank {
    GaussianBank(
      unchecked: banks.flatMap { bank in
        (0..<bank.stateCount).map { bank.gaussians(of: $0).count }
      },
      weights: banks.flatMap(\.weights),
      meanVectors: .concatenated(banks.map(\.meanVectors)),
      variances: .concatenated(banks.map(\.variances)))
  }

  /// All states as one mixture, each weighed by its share of the frames.
  ///
  /// - Parameter shares: One a state, summing to 1.
  func pooled(_ shares: [Double]) -> GaussianBank {
    let pooled = (0..<stateCount).flatMap { state in
      gaussians(of: state).map { weights[$0] * shares[state] }
    }
    return GaussianBank(
      unchecked: [gaussianCount], weights: pooled, meanVectors: meanVectors, variances: variances)
  }
}

extension GaussianBank {
  /// θ: what frames of ``FrameStandardization/powers(of:)`` are multiplied by to get every
  /// Gaussian's ln(w N(x)), (2 · columns + 1) × Gaussians.
  var naturalParameters: NDArray<Float> {
    let (count, width) = (gaussianCount, columns)
    return NDArray(shape: [2 * width + 1, count]) { target in
      for index in 0..<count {
        var constant = log(weights[index]) - 0.5 * Double(width) * log(2 * Double.pi)
        for column in 0..<width {
          let (mean, variance) = (meanVectors[index, column], variances[index, column])
          target[column * count + index] = Float(mean / variance)
          target[(width + column) * count + index] = Float(-0.5 / variance)
          constant -= 0.5 * (mean * mean / variance + log(variance))
        }
        // A Gaussian without weight is never chosen, and never makes -∞ - -∞.
        target[2 * width * count + index] = Float(max(constant, -1e30))
      }
    }
  }
}

extension GaussianBank {
  private enum Part: String, CaseIterable { case sizes, weights, means, variances }

  /// Adds arrays `<prefix>sizes`, `weights`, `means` and `variances`.
  func write(into archive: inout Archive, prefix: String) {
    let sizes = (0..<stateCount).map { Double(gaussians(of: $0).count) }
    archive.arrays[prefix + Part.sizes.rawValue] = .double(NDArray(sizes))
    archive.arrays[prefix + Part.weights.rawValue] = .double(NDArray(weights))
    archive.arrays[prefix + Part.means.rawValue] = .double(meanVectors)
    archive.arrays[prefix + Part.variances.rawValue] = .double(variances)
  }

  /// Reads what ``write(into:prefix:)`` wrote.
  ///
  /// - Throws: ``RecognitionError/damagedModel(path:reason:)``.
  init(archive: Archive, prefix: String, path: String) throws {
    func array(_ part: Part) throws -> NDArray<Double> {
      try archive.numbers(prefix + part.rawValue, path: path)
    }
    do {
      let sizes = try array(.sizes).elements
      guard sizes.allSatisfy({ $0 >= 1 && $0 < 1e6 }) else {
        throw RecognitionError.badFeatures(reason: "states with impossible numbers of Gaussians")
      }
      try self.init(
        sizes: sizes.map { Int($0) }, weights: try array(.weights).elements,
        meanVectors: try array(.means), variances: try array(.variances))
    } catch RecognitionError.badFeatures(let reason) {
      throw RecognitionError.damagedModel(path: path, reason: reason)
    }
  }
}
