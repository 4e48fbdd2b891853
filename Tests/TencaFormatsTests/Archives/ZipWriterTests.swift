import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct ZipWriterTests {
  /// Small files take the 64-bit fields when the threshold is small, each of them at one of these.
  @Test(arguments: [0, 100, 150, 260, 400, Int(UInt32.max)])
  func writes64BitFieldsFromTheThresholdOn(threshold: Int) throws {
    let parts: [[UInt8]] = [[1, 2, 3], [UInt8](repeating: 9, count: 200)]
    let zip = try ByteSink.collect { sink in
      var writer = ZipWriter(sink: sink, zip64Threshold: threshold)
      for (index, part) in parts.enumerated() {
        try part.withUnsafeBytes {
          try writer.add(name: "member \(index)", method: .stored, parts: [$0])
        }
      }
      try writer.finish()
    }
    try zip.withUnsafeBytes { bytes in
      let reader = try ZipReader(bytes, path: "")
      #expect(reader.members.map(\.name) == ["member 0", "member 1"])
      #expect(try reader.members.map { try reader.withContents(of: $0, Array.init) } == parts)
    }
    let has64BitEnd = zip.indices.contains { zip[$0...].starts(with: [80, 75, 6, 6]) }
    #expect(has64BitEnd == (threshold <= 400))
    if threshold < 400 {
      expectErrorForEveryTruncation(of: zip) { bytes in
        try bytes.withUnsafeBytes { bytes in
          let reader = try ZipReader(bytes, path: "")
          for member in reader.members { try reader.withContents(of: member) { _ in } }
        }
      }
    }
  }

  @Test func countsMembersBeyond16Bits() throws {
    let count = 65_536
    let zip = try ByteSink.collect { sink in
      var writer = ZipWriter(sink: sink)
      for index in 0..<count { try writer.add(name: "\(index)", method: .stored, parts: []) }
      try writer.finish()
    }
    try zip.withUnsafeBytes { bytes in
      let members = try ZipReader(bytes, path: "").members
      #expect(members.count == count)
      #expect(members.last?.name == "65535")
    }
  }
}
