import FoundationEssentials
import Testing

@testable import TencaNumerics

@Suite struct RandomStreamTests {
  /// The three philox4x32 10 lines of `kat_vectors` in Random123 (D. E. Shaw Research).
  @Test func matchesPublishedVectors() {
    let cases: [(InlineArray<4, UInt32>, InlineArray<2, UInt32>, [UInt32])] = [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        .init(repeating: .max), .init(repeating: .max),
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ]
    for (counter, key, expected) in cases {
      let words = RandomStream.philox(counter: counter, key: key)
      #expect((0..<4).map { words[$0] } == expected)
    }
    var random = RandomStream(seed: 0)
    #expect(random.next() == 0xe169_c58d_6627_e8d5)
    #expect(random.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  @Test func goesOnWhereItWasSaved() throws {
    for taken in 0..<5 {
      var random = RandomStream(seed: 5, stream: 9)
      for _ in 0..<taken { _ = random.next() }
      let saved = try JSONEncoder().encode(random)
      var loaded = try JSONDecoder().decode(RandomStream.self, from: saved)
      #expect(loaded == random && loaded.position == UInt64(taken))
      #expect((0..<5).map { _ in loaded.next() } == (0..<5).map { _ in random.next() })
    }
  }

  @Test func seedsStreamsAndPartsDiffer() {
    let root = RandomStream(seed: 1)
    var firsts = Set<UInt64>()
    var streams = [root, RandomStream(seed: 2), RandomStream(seed: 1, stream: 1)]
    streams += (0..<100).map { root.split($0) }
    streams += (0..<100).map { root.split(0).split($0) }
    for stream in streams {
      var stream = stream
      firsts.insert(stream.next())
    }
    #expect(firsts.count == streams.count)
  }

  @Test func partsDependOnTheirIndexOnly() {
    var root = RandomStream(seed: 3)
    let before = root.split(7)
    _ = root.next()
    #expect(root.split(7) == before)
    #expect(RandomStream(seed: 3).split(7) == before)
  }

  @Test func equalsOnlyTheSamePlace() {
    var a = RandomStream(seed: 1)
    let b = a
    #expect(a == b)
    _ = a.next()
    #expect(a != b)
    #expect(RandomStream(seed: 1) != RandomStream(seed: 1, stream: 1))
  }
}
