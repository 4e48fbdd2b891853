import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("Neural error")
struct NeuralErrorTests {
  @Test("a bad option is named with its value and limit")
  func invalidOption() {
    #expect(throws: NeuralError.invalidOption(name: "size", value: "0", limit: "at least 1")) {
      try NeuralError.require(false, "size", 0, "at least 1")
    }
    #expect(
      "\(NeuralError.invalidOption(name: "size", value: "0", limit: "at least 1"))".contains(
        "size is 0"))
  }
}
