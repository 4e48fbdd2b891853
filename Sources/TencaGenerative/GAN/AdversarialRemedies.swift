/// What is done against the collapse of a generator to few examples. Remedies add up.
public struct AdversarialRemedies: Sendable, Codable, Equatable {
  /// Whether the discriminator compares the examples of a batch by learned distances (Salimans et al.
  /// 2016, section 3.2).
  public var comparesBatch = false
  /// Whether it is told how much the examples of a batch differ (Karras et al. 2018, section 3).
  public var measuresDeviation = false
  /// Steps of the discriminator that the generator looks ahead (Metz et al. 2017); 0 for none.
  public var unrolledSteps = 0
  /// Discriminators, all of which the generator has to deceive (Durugkar et al. 2017).
  public var discriminatorCount = 1
  /// Examples that the discriminator judges together (Lin et al. 2018).
  public var packSize = 1
  /// Whether the discriminator's layers are divided by their largest singular value (Miyato et al. 2018).
  public var isSpectral = false

  /// None.
  public init() {}

  /// The names that ``init(names:)`` knows.
  public static let names = "minibatch, deviation, unrolled:K, discriminators:N, pack:M, spectral"

  /// Reads remedies from text such as "minibatch,unrolled:5".
  ///
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)`` for an unknown name, and for a number
  ///   that is missing, not wanted or out of range.
  public init(names text: String) throws {
    for part in text.split(separator: ",") {
      let halves = part.split(separator: ":", maxSplits: 1).map(String.init)
      let number = halves.count == 2 ? Int(halves[1]) : nil
      func require(_ limit: ClosedRange<Int>) throws -> Int {
        guard let number, limit.contains(number) else {
          throw GenerativeError.invalidOption(
            name: "remedy", value: String(part),
            limit: "\(halves[0]):N with N from \(limit.lowerBound) to \(limit.upperBound)")
        }
        return number
      }
      switch halves[0] {
      case "unrolled": unrolledSteps = try require(1...20)
      case "discriminators": discriminatorCount = try require(2...16)
      case "pack": packSize = try require(2...16)
      case "minibatch" where halves.count == 1: comparesBatch = true
      case "deviation" where halves.count == 1: measuresDeviation = true
      case "spectral" where halves.count == 1: isSpectral = true
      default:
        throw GenerativeError.invalidOption(
          name: "remedy", value: String(part), limit: "one of \(Self.names)")
      }
    }
  }
}

extension AdversarialRemedies: CustomStringConvertible {
  /// As ``init(names:)`` reads it; "none" where there is none.
  public var description: String {
    let parts: [String?] = [
      comparesBatch ? "minibatch" : nil, measuresDeviation ? "deviation" : nil,
      unrolledSteps > 0 ? "unrolled:\(unrolledSteps)" : nil,
      discriminatorCount > 1 ? "discriminators:\(discriminatorCount)" : nil,
      packSize > 1 ? "pack:\(packSize)" : nil, isSpectral ? "spectral" : nil,
    ]
    let named = parts.compactMap { $0 }
    return named.isEmpty ? "none" : named.joined(separator: ",")
  }
}
