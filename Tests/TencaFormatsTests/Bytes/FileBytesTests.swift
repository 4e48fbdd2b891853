import Dispatch
import Glibc
import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct FileBytesTests {
  @Test func holdsTheFile() throws {
    try withTemporaryFolder { folder in
      let contents = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
      try ReplacingFile.write(contents, to: "\(folder)/file")
      let file = try FileBytes(path: "\(folder)/file")
      #expect(file.count == contents.count)
      #expect(file.withBytes { $0.withUnsafeBytes { Array($0) } } == contents)
    }
  }

  @Test func keepsTheOldBytesWhenTheFileIsReplaced() throws {
    try withTemporaryFolder { folder in
      try ReplacingFile.write([1, 2, 3], to: "\(folder)/file")
      let file = try FileBytes(path: "\(folder)/file")
      try ReplacingFile.write([9], to: "\(folder)/file")
      #expect(file.withBytes { $0.withUnsafeBytes { Array($0) } } == [1, 2, 3])
    }
  }

  @Test func readsAPipeToItsEnd() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      DispatchQueue.global().async {
        // Waits until the reader has opened its end too.
        let writer = open(path, O_WRONLY)
        _ = write(writer, "abc", 3)
        close(writer)
      }
      let file = try FileBytes(path: path)
      #expect(file.withBytes { $0.withUnsafeBytes { Array($0) } } == Array("abc".utf8))
    }
  }

  @Test func readsFilesThatClaimToBeEmpty() throws {
    #expect(try FileBytes(path: "/proc/self/status").count > 0)
  }

  @Test func refusesWhatIsNoFile() throws {
    try withTemporaryFolder { folder in
      #expect(
        throws: FormatError.unreadable(path: "\(folder)/none", reason: "No such file or directory")
      ) { try FileBytes(path: "\(folder)/none") }
      #expect(
        throws: FormatError.unreadable(path: folder, reason: "it is a folder, not a file")
      ) { try FileBytes(path: folder) }
      try ReplacingFile.write([], to: "\(folder)/empty")
      #expect(throws: FormatError.empty(path: "\(folder)/empty")) {
        try FileBytes(path: "\(folder)/empty")
      }
    }
  }
}
