import ArgumentParser
import Testing

@testable import tenca

@Suite("Where features go")
struct FeatureDestinationTests {
  @Test(
    "The output decides",
    arguments: [
      (nil, nil, true, FeatureDestination.standardOutput(.csv)),
      ("-", .npy, true, .standardOutput(.npy)), (nil, .ark, false, .standardOutput(.ark)),
      ("a.npy", nil, true, .file(path: "a.npy", .npy)),
      ("a.PNG", nil, true, .file(path: "a.PNG", .png)),
      ("x/a.npz", nil, true, .container(path: "x/a.npz", .npz)),
      ("a.ark", .ark, false, .container(path: "a.ark", .ark)),
      ("out", nil, false, .folder(path: "out", .npy)),
      ("out/", .htk, true, .folder(path: "out", .htk)),
      ("v1.2", nil, false, .folder(path: "v1.2", .npy)),
      ("a.npy/", nil, false, .folder(path: "a.npy", .npy)),
    ] as [(String?, FeatureFormat?, Bool, FeatureDestination)])
  func decides(
    output: String?, format: FeatureFormat?, isSingle: Bool, expected: FeatureDestination
  ) throws {
    #expect(
      try FeatureDestination(output: output, format: format, isSingle: isSingle) == expected)
  }

  @Test(
    "What does not fit is refused",
    arguments: [
      (nil, nil, false), ("-", .npy, false), ("a.npy", nil, false), ("a.npy", .csv, true),
      ("out/", .npz, false), ("out", .ark, false), ("a.txt", nil, true),
    ] as [(String?, FeatureFormat?, Bool)])
  func refuses(output: String?, format: FeatureFormat?, isSingle: Bool) {
    #expect(throws: ValidationError.self) {
      try FeatureDestination(output: output, format: format, isSingle: isSingle)
    }
  }
}
