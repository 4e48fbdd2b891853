/// The samples of a sound as they come, numbered from its first, of which the oldest are forgotten
/// when no frame needs them any more.
struct SampleQueue: Sendable {
  private var samples: [Float] = []
  /// The number of the first sample still held.
  private var start = 0
  /// Room for a frame that reaches over an end of the sound.
  private var gathered: [Float]
  private let geometry: FrameGeometry

  init(_ geometry: FrameGeometry) {
    self.geometry = geometry
    gathered = [Float](repeating: 0, count: geometry.span)
  }

  /// The number that the next sample will have: samples so far.
  var end: Int { start + samples.count }

  mutating func append(_ block: [Float]) {
    // A whole sound at once is shared, not copied.
    if samples.isEmpty { samples = block } else { samples += block }
  }

  mutating func append(zeros count: Int) {
    if count > 0 { samples += repeatElement(0, count: count) }
  }

  /// Calls `body` with the samples of frame `number`; where it reaches over an end, all samples of
  /// the sound must be there that its boundary asks for.
  mutating func withFrame<Result>(
    _ number: Int, _ body: (UnsafePointer<Float>) throws -> Result
  ) rethrows -> Result {
    let first = geometry.start(of: number)
    if first >= start && first + geometry.span <= end {
      return try samples.withUnsafeBufferPointer { try body($0.baseAddress! + (first - start)) }
    }
    gather(from: first)
    return try gathered.withUnsafeBufferPointer { try body($0.baseAddress!) }
  }

  private mutating func gather(from first: Int) {
    let inside = max(0, -first)..<max(0, -first, min(geometry.span, end - first))
    let held = samples[(inside.lowerBound + first - start)..<(inside.upperBound + first - start)]
    gathered.replaceSubrange(inside, with: held)
    for beyond in [0..<inside.lowerBound, inside.upperBound..<geometry.span] {
      for index in beyond {
        let source = geometry.boundary.source(of: first + index, count: end)
        gathered[index] = source.map { samples[$0 - start] } ?? 0
      }
    }
  }

  /// Forgets samples that no frame from `number` on needs; mirrors at the end may look one frame
  /// back.
  mutating func forget(beforeFrame number: Int) {
    let needed = geometry.start(of: number) - geometry.span
    let surplus = min(needed - start, samples.count)
    // In bulk, so that the cost of moving the rest stays small.
    if surplus > max(1 << 14, samples.count / 2) {
      samples.removeFirst(surplus)
      start += surplus
    }
  }
}
