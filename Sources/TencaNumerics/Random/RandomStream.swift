internal import CKernels

/// A reproducible stream of random numbers: Philox4x32-10 (J. Salmon, M. Moraes, R. Dror, D. Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011).
///
/// Every number is a function of the seed, the stream and its position, so streams never share
/// state: give each thread, file or epoch its own by ``split(_:)``, and the numbers are the same
/// whatever runs beside them. A stream that is saved and loaded goes on where it was. The same seed
/// gives the same bytes on every processor; only ``normal()`` takes its logarithm and cosine from
/// the C library, whose last digit may differ.
///
/// ```swift
/// var random = RandomStream(seed: 7)
/// let order = random.permutation(of: 1000)
/// var epoch = random.split(3)              // independent of `random`, and of split(2)
/// let noise = epoch.normal()
/// ```
///
/// Not for secrets: whoever knows a few numbers can find the seed.
public struct RandomStream: RandomNumberGenerator, Sendable {
  /// What distinguishes one run from another.
  public let seed: UInt64
  /// Which of the 2⁶⁴ streams under the seed this is.
  public let stream: UInt64
  /// The number of 64-bit words taken so far.
  public private(set) var position: UInt64

  /// The second word of the block at hand, valid where `position` is odd.
  private var pending: UInt64 = 0

  /// Makes a stream at its beginning.
  ///
  /// - Parameters:
  ///   - seed: Any number; neighbours give unrelated streams.
  ///   - stream: Any number; distinct ones give distinct streams under one seed.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.init(seed: seed, stream: stream, position: 0)
  }

  private init(seed: UInt64, stream: UInt64, position: UInt64) {
    self.seed = seed
    self.stream = stream
    self.position = position
    if position % 2 == 1 { pending = Self.block(position / 2, stream, key: seed).second }
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    defer { position &+= 1 }
    if position % 2 == 1 { return pending }
    let words = Self.block(position / 2, stream, key: seed)
    pending = words.second
    return words.first
  }

  /// A stream of its own for the part `index` of a larger piece of work.
  ///
  /// It depends on this stream's seed and number and on `index`, not on how much was taken.
  /// Seed and stream of the new one are a Philox block, so two of 2³² streams coincide with a
  /// probability below 2⁻⁶⁴.
  public func split(_ index: UInt64) -> RandomStream {
    // Another key than the numbers have, lest a seed be a number that was already given out.
    let words = Self.block(index, stream, key: seed ^ 0x7465_6e63_6120_7370)
    return RandomStream(seed: words.first, stream: words.second)
  }

  /// Fills `target` with normal numbers of mean zero, at about 2 ns each.
  ///
  /// Takes whole blocks of four numbers from the stream, so filling 6 and then 2 differs from
  /// filling 8; filling 4 and then 4 does not.
  ///
  /// - Parameters:
  ///   - target: Receives the numbers; none is farther out than 6.7 standard deviations.
  ///   - standardDeviation: The spread, not negative.
  public mutating func fillNormal(
    _ target: UnsafeMutableBufferPointer<Float>, standardDeviation: Float = 1
  ) {
    guard let base = target.baseAddress else { return }
    let firstBlock = (position &+ 1) / 2
    tenca_philox_normal_float(base, target.count, seed, stream, firstBlock, standardDeviation)
    position = 2 &* (firstBlock &+ UInt64((target.count + 3) / 4))
  }

  /// The two 64-bit words of one block.
  private static func block(
    _ index: UInt64, _ stream: UInt64, key: UInt64
  ) -> (first: UInt64, second: UInt64) {
    let words = philox(
      counter: [
        UInt32(truncatingIfNeeded: index), UInt32(index >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(stream >> 32),
      ], key: [UInt32(truncatingIfNeeded: key), UInt32(key >> 32)])
    return (
      UInt64(words[0]) | UInt64(words[1]) << 32, UInt64(words[2]) | UInt64(words[3]) << 32
    )
  }

  /// Ten rounds of Philox4x32 on one counter, least significant word first.
  static func philox(
    counter: InlineArray<4, UInt32>, key: InlineArray<2, UInt32>
  ) -> InlineArray<4, UInt32> {
    var words = InlineArray<4, UInt32>(repeating: 0)
    var target = words.mutableSpan
    counter.span.withUnsafeBufferPointer { from in
      key.span.withUnsafeBufferPointer { by in
        target.withUnsafeMutableBufferPointer { to in
          tenca_philox_block(from.baseAddress, by.baseAddress, to.baseAddress)
        }
      }
    }
    return words
  }
}

extension RandomStream: Equatable {
  /// Whether both will give the same numbers.
  public static func == (a: RandomStream, b: RandomStream) -> Bool {
    a.seed == b.seed && a.stream == b.stream && a.position == b.position
  }
}

extension RandomStream: Codable {
  private enum CodingKeys: String, CodingKey {
    case seed, stream, position
  }

  /// Reads a stream that goes on where it was saved.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      seed: try values.decode(UInt64.self, forKey: .seed),
      stream: try values.decode(UInt64.self, forKey: .stream),
      position: try values.decode(UInt64.self, forKey: .position))
  }
}
