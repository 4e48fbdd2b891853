import Testing

@testable import TencaFormats

@Suite("CRC-32C")
struct CRC32CTests {
  // The check value of the catalogue of parametrised CRCs, and the vectors of RFC 3720, B.4.
  @Test("Known answers")
  func known() {
    #expect(CRC32C.checksum("123456789".utf8) == 0xE306_9283)
    #expect(CRC32C.checksum([UInt8]()) == 0)
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum((0..<32).map { UInt8($0) }) == 0x46DD_794E)
  }

  @Test("Masked: turned right by 15 bits, and a constant added")
  func masked() {
    #expect(CRC32C.masked([UInt8]()) == 0xA282_EAD8)
    let value = CRC32C.checksum("abc".utf8)
    // The way back.
    let turned = CRC32C.masked("abc".utf8) &- 0xA282_EAD8
    #expect(turned >> 17 | turned << 15 == value)
  }
}
