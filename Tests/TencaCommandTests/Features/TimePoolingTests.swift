import TencaAudio
import TencaNumerics
import Testing

@testable import tenca

@Suite("Pooling frames in time")
struct TimePoolingTests {
  /// Three columns, in frames of 25 ms every 10 ms.
  private func layout() throws -> FeatureMatrix {
    var options = FrontEndOptions(.kaldi, kind: .mel)
    options.mel.count = 3
    return try FeatureExtractor(options, sampleRate: 16000).describe(NDArray(zeros: [0, 3]))
  }

  /// The slow, obvious way: the largest of each stretch of `stretch` frames.
  private func reference(_ frames: [[Float]], stretch: Int) -> [[Float]] {
    stride(from: 0, to: frames.count, by: stretch).map { start in
      frames[start..<min(start + stretch, frames.count)].reduce(frames[start]) { largest, frame in
        zip(largest, frame).map(max)
      }
    }
  }

  @Test(
    "Frames in blocks of any size give the maxima of equal stretches",
    arguments: [0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 100, 1000], [2, 8, 64])
  func stretches(count: Int, limit: Int) throws {
    var generator = Xorshift(state: UInt64(count * 131 + limit + 1))
    let frames = (0..<count).map { _ in
      (0..<3).map { _ in Float.random(in: -9...9, using: &generator) }
    }
    var pooling = TimePooling(columns: 3, limit: limit)
    var position = 0
    while position < count {
      let end = min(count, position + Int.random(in: 1...20, using: &generator))
      pooling.append(NDArray(rows: Array(frames[position..<end])))
      position = end
    }
    var stretch = 1
    while count > limit * stretch { stretch *= 2 }
    let pooled = pooling.pooled(try layout())
    #expect(pooled.values.rows <= limit)
    #expect(pooled.values.elements == reference(frames, stretch: stretch).flatMap { $0 })
    // The first stretch begins where the first frame did.
    #expect(abs(pooled.hopSeconds - 0.01 * Double(stretch)) < 1e-12)
    #expect(abs(pooled.firstFrameTime - pooled.hopSeconds / 2 - 0.0075) < 1e-12)
  }
}
