import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct NPZTests {
  /// `numpy.savez(file, a=numpy.array([[1, 2, 3], [4, 5, 100]], "f4"), b=numpy.array([0.5]))` of
  /// NumPy 2.4.6.
  private static let storedReference = bytes(
    base64: """
      UEsDBC0AAAAAAAAAIQBYdwmE//////////8FABQAYS5ucHkBABAAmAAAAAAAAACYAAAAAAAAAJNOVU1QWQEAdgB7J2Rl
      c2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCAzKSwgfSAgICAgICAgICAgICAg
      ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAPwAAAEAAAEBAAACAQAAAoEAAAMhC
      UEsDBC0AAAAAAAAAIQDqxRmd//////////8FABQAYi5ucHkBABAAiAAAAAAAAACIAAAAAAAAAJNOVU1QWQEAdgB7J2Rl
      c2NyJzogJzxmOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCksIH0gICAgICAgICAgICAgICAg
      ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAA4D9QSwECLQMtAAAAAAAAACEA
      WHcJhJgAAACYAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5ucHlQSwECLQMtAAAAAAAAACEA6sUZnYgAAACIAAAABQAAAAAA
      AAAAAAAAgAHPAAAAYi5ucHlQSwUGAAAAAAIAAgBmAAAAjgEAAAAA
      """)
  /// `numpy.savez_compressed` of the same `a` and `b=numpy.zeros(1000)`.
  private static let deflatedReference = bytes(
    base64: """
      UEsDBC0AAAAIAAAAIQBYdwmE//////////8FABQAYS5ucHkBABAAmAAAAAAAAABYAAAAAAAAAJvsF+obEMnIUMZQrZ6S
      WpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgaGBnsGBgYHIALiBiBe
      AMQnnABQSwMELQAAAAgAAAAhAEJXEl///////////wUAFABiLm5weQEAEADAHwAAAAAAAGoAAAAAAAAA7cghDsIwGEDh
      YjlF3Q9JRecIQc9twSCmloa2QSwraQlm4RS78MoVpt/n3lv7R3cfDuqrFvGhPLNctdziRYyWmPInu3lM2Yf/b91UQv3l
      5d6h9qmx1pqz0T+911EBAAAAAAAAAAAAAAC1AVBLAQItAy0AAAAIAAAAIQBYdwmEWAAAAJgAAAAFAAAAAAAAAAAAAACA
      AQAAAABhLm5weVBLAQItAy0AAAAIAAAAIQBCVxJfagAAAMAfAAAFAAAAAAAAAAAAAACAAY8AAABiLm5weVBLBQYAAAAA
      AgACAGYAAAAwAQAAAAA=
      """)
  private static let a = ArchivedArray.float(NDArray([1, 2, 3, 4, 5, 100], shape: [2, 3]))

  private func decode(_ bytes: [UInt8]) throws -> [(name: String, array: ArchivedArray)] {
    try NPZ.decode(bytes.span.bytes, path: "test.npz")
  }

  @Test func readsWhatNumPyWrites() throws {
    let stored = try decode(Self.storedReference)
    #expect(stored.map(\.name) == ["a", "b"])
    #expect(stored.map(\.array) == [Self.a, .double(NDArray([0.5]))])
    let deflated = try decode(Self.deflatedReference)
    #expect(deflated.map(\.name) == ["a", "b"])
    #expect(deflated.map(\.array) == [Self.a, .double(NDArray(zeros: [1000]))])
  }

  @Test(arguments: [NPZ.Compression.none, .deflate])
  func roundTrips(compression: NPZ.Compression) throws {
    // Longer than zlib's windows and the writer's buffers; partly noise, which does not compress.
    var generator = SystemRandomNumberGenerator()
    let noise = NDArray<Double>(
      (0..<200_000).map { $0 < 100_000 ? Double.random(in: 0..<1, using: &generator) : 7 })
    let arrays: [(name: String, array: ArchivedArray)] = [
      ("noise", .double(noise)), ("größe/x", Self.a), ("empty", .float(NDArray(zeros: [0, 4]))),
      ("scalar", .double(NDArray([3.5], shape: []))),
    ]
    let encoded = try NPZ.encode(arrays, compression: compression)
    let decoded = try decode(encoded)
    #expect(decoded.map(\.name) == arrays.map(\.name))
    #expect(decoded.map(\.array) == arrays.map(\.array))
    #expect(try NPZ.encode(arrays, compression: compression) == encoded)
    if compression == .deflate { #expect(encoded.count < 1_000_000) }

    try withTemporaryFolder { folder in
      let path = "\(folder)/arrays.npz"
      try NPZ.write(to: path, compression: compression) { writer in
        for (name, array) in arrays { try writer.append(array, name: name) }
      }
      let file = try FileBytes(path: path)
      #expect(file.withBytes { $0.withUnsafeBytes { $0.elementsEqual(encoded) } })
      #expect(try NPZ.read(path: path).map(\.array) == arrays.map(\.array))
    }
  }

  @Test func holdsNoArrays() throws {
    #expect(try decode(NPZ.encode([])).isEmpty)
  }

  @Test func refusesNamesThatCannotBe() throws {
    let twice = try #require(throws: FormatError.self) {
      try NPZ.encode([("x", Self.a), ("x", Self.a)])
    }
    #expect(twice.description.contains("'x'"))
    #expect(throws: FormatError.self) { try NPZ.encode([("", Self.a)]) }
    #expect(throws: FormatError.self) {
      try NPZ.encode([(String(repeating: "x", count: 65001), Self.a)])
    }
  }

  @Test func refusesDamagedElements() throws {
    var bytes = Self.storedReference
    bytes[190] ^= 1
    let error = try #require(throws: FormatError.self) { try decode(bytes) }
    #expect(error.description.contains("'a.npy' does not match its checksum"))
  }

  @Test func refusesEncryptedMembersAndOtherMethods() throws {
    // Offsets of the flags and the method in the first directory entry.
    let entry = try #require(
      Self.storedReference.indices.first {
        Self.storedReference[$0...].starts(with: [80, 75, 1, 2])
      })
    var encrypted = Self.storedReference
    encrypted[entry + 8] |= 1
    #expect(throws: FormatError.self) { try decode(encrypted) }
    var bzip2 = Self.storedReference
    bzip2[entry + 10] = 12
    let error = try #require(throws: FormatError.self) { try decode(bzip2) }
    #expect(error.description.contains("method 12"))
  }

  @Test(arguments: [storedReference, deflatedReference])
  func survivesDamage(reference: [UInt8]) {
    expectErrorForEveryTruncation(of: reference) { _ = try NPZ.decode($0, path: "") }
    let refused = expectSurvivalOfEveryCorruption(of: reference) {
      _ = try NPZ.decode($0, path: "")
    }
    #expect(refused > 1000)
  }
}
