import TencaNumerics
import Testing

@testable import TencaSynthesis

@Suite("Synthesis error")
struct SynthesisErrorTests {
  @Test("a bad option is named with its value and limit")
  func invalidOption() {
    #expect(throws: SynthesisError.invalidOption(name: "size", value: "0", limit: "at least 1")) {
      try SynthesisError.require(false, "size", 0, "at least 1")
    }
    #expect(
      "\(SynthesisError.invalidOption(name: "size", value: "0", limit: "at least 1"))".contains(
        "size is 0"))
  }
}
