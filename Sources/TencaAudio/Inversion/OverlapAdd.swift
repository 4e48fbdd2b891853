/// How windowed frames add up to a sound: each sample is divided by the sum of the squared windows
/// over it, which is the least-squares sound of a short-time transform (Griffin and Lim 1984, eq. 6).
struct OverlapAdd: Sendable {
  /// The number of samples of the sound.
  let length: Int
  /// The samples that the frames reach over, those before and behind the sound included.
  let reach: Int
  /// Where the sound begins among them.
  let offset: Int

  /// Samples beyond the ends, and which sample of the sound stands in for each.
  private let mirrors: [(place: Int, source: Int)]
  private let geometry: FrameGeometry
  /// What each sample of the sound is multiplied by; 0 where no frame lies.
  private let factors: [Float]

  /// Adds up the windows.
  ///
  /// - Parameters:
  ///   - window: `geometry.span` values.
  ///   - mirrors: Whether what lies beyond the ends is the sound again, as its boundary has it. Then
  ///     the least-squares sound hears those samples too; else they are dropped, as librosa's istft
  ///     does.
  ///   - leastWeight: Squared windows are taken to add up to this share of their greatest sum at
  ///     least. Where they fade out, at the ends of a sound, what is divided is rounding or worse.
  init(
    _ geometry: FrameGeometry, window: [Float], frames: Int, length: Int, mirrors: Bool,
    leastWeight: Float
  ) {
    self.geometry = geometry
    self.length = length
    let offset = max(0, -geometry.origin)
    let end = frames == 0 ? 0 : geometry.start(of: frames - 1) + geometry.span
    let reach = offset + max(length, end)
    (self.offset, self.reach) = (offset, reach)
    let beyond = Array(0..<offset) + Array((offset + length)..<reach)
    self.mirrors =
      mirrors && length > 0
      ? beyond.compactMap { place in
        geometry.boundary.source(of: place - offset, count: length).map { (place, offset + $0) }
      } : []
    var weights = [Float](repeating: 0, count: reach)
    let squares = window.map { $0 * $0 }
    for frame in 0..<frames {
      let start = offset + geometry.start(of: frame)
      for (index, square) in squares.enumerated() { weights[start + index] += square }
    }
    for (place, source) in self.mirrors { weights[source] += weights[place] }
    let inside = weights[offset..<(offset + length)]
    let least = max(leastWeight * (inside.max() ?? 0), .leastNormalMagnitude)
    factors = inside.map { $0 > .leastNormalMagnitude ? 1 / max($0, least) : 0 }
  }

  /// Where frame `index` begins among the samples that the frames reach over.
  func place(of index: Int) -> Int { offset + geometry.start(of: index) }

  /// Turns the sum of windowed frames, of ``reach`` samples, into the sound and what stands beyond
  /// its ends.
  func finish(_ sum: UnsafeMutablePointer<Float>) {
    for (place, source) in mirrors { sum[source] += sum[place] }
    for index in 0..<length { sum[offset + index] *= factors[index] }
    for index in 0..<offset { sum[index] = 0 }
    for index in (offset + length)..<reach { sum[index] = 0 }
    for (place, source) in mirrors { sum[place] = sum[source] }
  }
}
