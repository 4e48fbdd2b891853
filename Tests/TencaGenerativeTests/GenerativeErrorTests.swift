import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Generative error")
struct GenerativeErrorTests {
  @Test("a bad option is named with its value and limit")
  func invalidOption() {
    #expect(throws: GenerativeError.invalidOption(name: "size", value: "0", limit: "at least 1")) {
      try GenerativeError.require(false, "size", 0, "at least 1")
    }
    #expect(
      "\(GenerativeError.invalidOption(name: "size", value: "0", limit: "at least 1"))".contains(
        "size is 0"))
  }
}
