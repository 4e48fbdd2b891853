import Testing

@testable import TencaFormats

@Suite struct ByteSinkTests {
  /// Patches before, across and after what was flushed to the file, and in memory.
  @Test(arguments: [0, 1_000, (1 << 20) - 2, 1 << 20, 1_199_998, 2_399_999])
  func patchesLikeAnArray(offset: Int) throws {
    let large = [UInt8](repeating: 99, count: 1_200_000)
    func fill(_ sink: ByteSink) throws {
      for block in 0..<12 { try sink.put([UInt8](repeating: UInt8(block), count: 100_000)) }
      try large.withUnsafeBytes { try sink.put(contiguous: $0) }
      try sink.put([7, 7, 7, 7])
      try sink.patch([0xAA, 0xBB, 0xCC, 0xDD], at: offset)
      try sink.put(UInt16(0x0102), .big)
    }
    var expected = (0..<12).flatMap { [UInt8](repeating: UInt8($0), count: 100_000) }
    expected += large + [7, 7, 7, 7]
    expected.replaceSubrange(offset..<offset + 4, with: [0xAA, 0xBB, 0xCC, 0xDD])
    expected += [1, 2]

    #expect(try ByteSink.collect(fill) == expected)
    try withTemporaryFolder { folder in
      try ByteSink.write(to: "\(folder)/file", fill)
      let file = try FileBytes(path: "\(folder)/file")
      #expect(file.withBytes { $0.withUnsafeBytes { Array($0) } } == expected)
    }
  }

  @Test func leavesTheOldFileWhenWritingFails() throws {
    struct Stop: Error {}
    try withTemporaryFolder { folder in
      try ByteSink.write(to: "\(folder)/file") { try $0.put("old") }
      #expect(throws: Stop.self) {
        try ByteSink.write(to: "\(folder)/file") { sink in
          try sink.put("new")
          throw Stop()
        }
      }
      let file = try FileBytes(path: "\(folder)/file")
      #expect(file.withBytes { $0.withUnsafeBytes { Array($0) } } == Array("old".utf8))
      #expect(try names(in: folder) == ["file"])
    }
  }
}
