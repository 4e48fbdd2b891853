internal import Foundation
internal import TencaNeural
internal import TencaNumerics

/// How many of the modes of stacked pictures samples cover, and how evenly.
///
/// A stack's mode is what a classifier takes its three channels for.
public struct StackCoverage: Sendable, Codable, Equatable {
  /// The probability of a channel's class from which on it counts as recognised with confidence.
  public static let confidence = 0.9

  /// The stacks looked at.
  public let samples: Int
  /// The modes there are.
  public let modes: Int
  /// The modes that at least one stack belongs to, as papers count them; noise belongs to some, too.
  public let covered: Int
  /// The modes that at least one stack belongs to whose channels are all recognised with confidence.
  public let coveredWell: Int
  /// The share of stacks whose channels are all recognised with confidence.
  public let confidentShare: Double
  /// The Kullback-Leibler divergence of the samples' modes from even ones, in nats (Lin et al. 2018,
  /// PacGAN, section 4.2): 0 where all are as frequent, ln(modes) where there is only one.
  public let divergence: Double

  /// Counts.
  ///
  /// - Parameters:
  ///   - found: The mode of each stack, below `modes`.
  ///   - isConfident: Whether all its channels were recognised with confidence.
  public init(of found: [Int], isConfident: [Bool], modes: Int) {
    var counts = [Int](repeating: 0, count: modes)
    var isCoveredWell = [Bool](repeating: false, count: modes)
    for (mode, isConfident) in zip(found, isConfident) {
      counts[mode] += 1
      if isConfident { isCoveredWell[mode] = true }
    }
    let total = Double(max(found.count, 1))
    (samples, self.modes) = (found.count, modes)
    covered = counts.count { $0 > 0 }
    coveredWell = isCoveredWell.count { $0 }
    confidentShare = Double(isConfident.count { $0 }) / total
    divergence = counts.filter { $0 > 0 }.reduce(0) { sum, count in
      let share = Double(count) / total
      return sum + share * log(share * Double(modes))
    }
  }
}

extension FeatureExtractor {
  /// Tells the modes of stacks.
  ///
  /// - Parameters:
  ///   - count: The stacks.
  ///   - stacks: Makes those of a range: stacks × height × width × 3, in 0...1.
  /// - Throws: What `stacks` throws, and `CancellationError`.
  func countingModes(
    _ count: Int, execution: Execution, _ stacks: (Range<Int>) throws -> Tensor
  ) throws -> StackCoverage {
    let classes = network.classCount
    var pass = ForwardPass.inference
    var (found, isConfident): ([Int], [Bool]) = ([], [])
    for batch in batches(of: count) {
      try execution.cancellation.check()
      let channels = try stacks(batch).permuted([0, 3, 1, 2])
        .reshaped([batch.count * 3, network.shape.height, network.shape.width, 1])
      let probabilities = withoutRecording { network(channels, &pass).logits.softmax().elements }
      let best = (0..<batch.count * 3).map { row in
        probabilities[row * classes..<(row + 1) * classes].enumerated()
          .max { $0.element < $1.element }!
      }
      for stack in 0..<batch.count {
        let three = best[3 * stack..<3 * stack + 3]
        found.append(three.reduce(0) { $0 * classes + $1.offset })
        isConfident.append(three.allSatisfy { $0.element >= StackCoverage.confidence })
      }
    }
    return StackCoverage(
      of: found, isConfident: isConfident, modes: classes * classes * classes)
  }
}
