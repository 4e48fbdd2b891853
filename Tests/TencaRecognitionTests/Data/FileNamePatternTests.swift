import Testing

@testable import TencaRecognition

@Suite("Labels in file names")
struct FileNamePatternTests {
  @Test(
    "Fields are read",
    arguments: [
      (
        "{label}_{speaker}_{take}", "seven_george_12.wav",
        ["label": "seven", "speaker": "george", "take": "12"]
      ),
      ("{label}_{rest}", "a_b_c.wav", ["label": "a", "rest": "b_c"]),
      ("{label}", "recordings/dog.bark.flac", ["label": "dog.bark"]),
      ("take-{take}.{label}", "take-3.rain.wav", ["take": "3", "label": "rain"]),
      ("{label}--{x}", "sea-waves--1.wav", ["label": "sea-waves", "x": "1"]),
    ])
  func reads(pattern: String, path: String, fields: [String: String]) throws {
    #expect(try FileNamePattern(pattern).fields(of: path) == fields)
  }

  @Test(
    "Names of another form are refused by name",
    arguments: [
      ("{label}_{take}", "seven.wav"), ("{label}_{take}", "_1.wav"), ("x{label}", "seven.wav"),
      ("{label}_{take}", "seven_.wav"),
    ])
  func refuses(pattern: String, path: String) throws {
    let pattern = try FileNamePattern(pattern)
    #expect(throws: RecognitionError.nameDoesNotMatch(path: path, pattern: pattern.text)) {
      try pattern.fields(of: path)
    }
  }

  @Test(
    "Patterns that cannot work are refused",
    arguments: [
      "{label", "{label}{take}", "{speaker}", "", "{label}_{}", "{label}_{take}_{take}",
    ])
  func refusesPattern(text: String) {
    #expect(throws: RecognitionError.self) { try FileNamePattern(text) }
  }
}
