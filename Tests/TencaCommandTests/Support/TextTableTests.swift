import Testing

@testable import tenca

@Suite("Tables of text")
struct TextTableTests {
  @Test("Columns line up, and no line ends in spaces")
  func alignment() {
    var table = TextTable([("name", .left), ("n", .right), ("rest", .left)])
    table.add(["a", "10", ""])
    table.add(["größer", "9", "x"])
    #expect(table.text == "name     n  rest\na       10\ngrößer   9  x")
  }
}
