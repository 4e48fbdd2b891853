import Testing

@testable import TencaRecognition

@Suite("Cutting windows")
struct WindowCutterTests {
  /// The slow, obvious way: windows of the whole sound.
  private func reference(_ sound: [Float], length: Int, step: Int, minimum: Int)
    -> [WindowCutter.Window]
  {
    var windows: [WindowCutter.Window] = []
    var start = 0
    var covered = 0
    while start + length <= sound.count {
      windows.append(.init(start: start, samples: Array(sound[start..<(start + length)])))
      covered = start + length
      start += step
    }
    if covered < sound.count, start < sound.count,
      windows.isEmpty || sound.count - start >= minimum
    {
      windows.append(.init(start: start, samples: Array(sound[start...])))
    }
    return windows
  }

  @Test("Blocks of any size give the windows of the whole", arguments: 0..<60)
  func blocks(seed: Int) {
    var generator = SystemLikeGenerator(state: UInt64(seed + 1) &* 0x2545_F491_4F6C_DD1D)
    let count = Int.random(in: 0...400, using: &generator)
    let sound = (0..<count).map(Float.init)
    let length = Int.random(in: 1...90, using: &generator)
    let step = Int.random(in: 1...120, using: &generator)
    let minimum = Int.random(in: 1...length, using: &generator)
    var cutter = WindowCutter(length: length, step: step)
    var windows: [WindowCutter.Window] = []
    var position = 0
    while position < count {
      let end = min(count, position + Int.random(in: 1...70, using: &generator))
      windows += cutter.append(Array(sound[position..<end]))
      position = end
    }
    windows += cutter.finish(minimum: minimum)
    #expect(windows == reference(sound, length: length, step: step, minimum: minimum))
  }
}
