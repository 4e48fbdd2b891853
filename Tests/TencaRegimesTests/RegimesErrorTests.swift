import Testing

@testable import TencaRegimes

@Suite struct RegimesErrorTests {
  @Test func namesOptionAndLimit() {
    let error = RegimesError.invalidOption(name: "lags", value: "0", limit: "1 to 9")
    #expect(error.description == "option lags is 0 but must be 1 to 9")
  }
}
