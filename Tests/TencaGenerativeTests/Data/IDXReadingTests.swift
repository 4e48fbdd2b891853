import FoundationEssentials
import TencaFormats
import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Reading IDX files")
struct IDXReadingTests {
  /// A folder in MNIST's layout: three pictures of 2 × 2 to train on, two to test on.
  private func mnist(
    _ folder: TemporaryFolder, _ name: String = "set", suffix: String = ""
  ) throws -> String {
    try folder.writeIDX(
      (0..<12).map { $0 * 20 }, shape: [3, 2, 2], to: "\(name)/train-images-idx3-ubyte\(suffix)")
    try folder.writeIDX([3, 1, 9], shape: [3], to: "\(name)/train-labels-idx1-ubyte\(suffix)")
    try folder.writeIDX(
      [255, 0, 0, 255, 0, 255, 255, 0], shape: [2, 2, 2],
      to: "\(name)/t10k-images-idx3-ubyte\(suffix)")
    try folder.writeIDX([0, 1], shape: [2], to: "\(name)/t10k-labels-idx1-ubyte\(suffix)")
    return "\(folder.path)/\(name)"
  }

  @Test("MNIST's layout, plain and mapped or compressed", arguments: ["", ".gz"])
  func layout(suffix: String) throws {
    let folder = try TemporaryFolder()
    let path = try mnist(folder, suffix: suffix)
    let train = try ExampleSet.read(path, split: .train)
    #expect(train.shape == ExampleShape(height: 2, width: 2, channels: 1))
    #expect(train.isMapped == suffix.isEmpty && train.holdsBytes)
    #expect(train.labels == [3, 1, 9] && train.classNames == (0...9).map(String.init))
    #expect(train.example(1) == [80, 100, 120, 140].map { Float($0) / 255 })
    #expect(try ExampleSet.read(path, split: .test).example(0) == [1, 0, 0, 1])
    let all = try ExampleSet.read(path)
    #expect(all.count == 5 && all.labels == [3, 1, 9, 0, 1])
    #expect(all.batch([4, 0]).elements == [0, 1, 1, 0] + train.example(0))
    #expect(all.classCounts == [1, 2, 0, 1, 0, 0, 0, 0, 0, 1])
    #expect(
      throws: GenerativeError.noSuchSplit(
        path: path, split: "validation", present: ["train", "test"])
    ) { try ExampleSet.read(path, split: .validation) }
  }

  @Test("A file compressed and plain is read plain; other names of parts are known")
  func names() throws {
    let folder = try TemporaryFolder()
    let path = try mnist(folder)
    try folder.write("no gzip", to: "set/train-images-idx3-ubyte.gz")
    #expect(try ExampleSet.read(path, split: .train).isMapped)
    try folder.writeIDX([1, 2], shape: [2, 1, 1], to: "other/val-images.idx3-ubyte")
    try folder.writeIDX([1, 2], shape: [2, 1, 1], to: "other/test-images.idx3-ubyte")
    let other = "\(folder.path)/other"
    #expect(try ExampleSet.read(other, split: .validation).labels == nil)
    #expect(try ExampleSet.read(other, split: .test).classNames.isEmpty)
  }

  @Test("Names of classes: by the path, or a list beside the data")
  func classes() throws {
    let folder = try TemporaryFolder()
    let path = try mnist(folder, "My-FASHION-set")
    #expect(try ExampleSet.read(path).classNames[9] == "ankle-boot")
    #expect(
      try ExampleSet.read("\(path)/train-images-idx3-ubyte").classNames == ClassNames.fashion)
    try folder.write((0..<10).map { " class \($0)\r\n" }.joined(), to: "My-FASHION-set/classes.txt")
    #expect(try ExampleSet.read(path).classNames[3] == "class 3")
    try folder.write("a\nb\nc\nd\n\n", to: "My-FASHION-set/classes.txt")
    #expect(
      throws: GenerativeError.unknownLabel(
        path: "\(path)/train-labels-idx1-ubyte", example: 2, label: "9", classCount: 4)
    ) { try ExampleSet.read(path) }
    try folder.write("a\na\n", to: "My-FASHION-set/classes.txt")
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path) }
  }

  @Test("A single file, with the labels beside it")
  func single() throws {
    let folder = try TemporaryFolder()
    let path = try mnist(folder) + "/t10k-images-idx3-ubyte"
    #expect(try ExampleSet.read(path).labels == [0, 1])
    #expect(try ExampleSet.read(path, split: .test).count == 2)
    let loose = try folder.writeIDX([1, 2, 3], shape: [3, 1, 1], to: "loose")
    #expect(try ExampleSet.read(loose, split: .train).labels == nil)
    #expect(
      throws: GenerativeError.noSuchSplit(path: loose, split: "test", present: [])
    ) { try ExampleSet.read(loose, split: .test) }
  }

  @Test("A manifest that lists IDX files, as those of the corpora do")
  func manifest() throws {
    let folder = try TemporaryFolder()
    _ = try mnist(folder)
    let rows = "path,labels,split\ntrain-images-idx3-ubyte,train-labels-idx1-ubyte,train\n"
    let path = try folder.write(
      rows + "t10k-images-idx3-ubyte,,test\n", to: "set/manifest.csv")
    #expect(try ExampleSet.read(path, split: .train).labels == [3, 1, 9])
    #expect(try ExampleSet.read(path, split: .test).labels == nil)
    try folder.write(rows + "t10k-images-idx3-ubyte,,train\n", to: "set/manifest.csv")
    #expect { try ExampleSet.read(path) } throws: { "\($0)".contains("line 3: the split is") }
  }

  @Test("A file that is called IDX and is none says at which byte")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 0, 8, 1], to: "train-images-idx3-ubyte")
    #expect(
      throws: FormatError.damaged(
        path: path, byte: 0, problem: "an IDX file starts with two zero bytes")
    ) { try ExampleSet.read(path) }
  }

  @Test("Labels of another number, examples of another size, one example, part of the labels")
  func errors() throws {
    let folder = try TemporaryFolder()
    let path = try mnist(folder)
    let labels = try folder.writeIDX([1, 2], shape: [2], to: "set/train-labels-idx1-ubyte")
    #expect(throws: GenerativeError.labelCount(path: labels, labels: 2, examples: 3)) {
      try ExampleSet.read(path)
    }
    try FileManager.default.removeItem(atPath: labels)
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path) }
    #expect(try ExampleSet.read(path, split: .train).labels == nil)
    let test = try folder.writeIDX([1, 2], shape: [2, 1, 1], to: "set/t10k-images-idx3-ubyte")
    #expect(
      throws: GenerativeError.sizeDiffers(
        path: test, size: "1 × 1 × 1", first: "2 × 2 × 1",
        firstPath: "\(path)/train-images-idx3-ubyte")
    ) { try ExampleSet.read(path) }
    let one = try folder.writeIDX([1, 2, 3, 4], shape: [1, 2, 2], to: "one")
    #expect(throws: GenerativeError.tooFewExamples(path: one, count: 1, least: 2)) {
      try ExampleSet.read(one)
    }
    let flat = try folder.writeIDX([1, 2, 3], shape: [3], to: "flat")
    #expect(throws: GenerativeError.self) { try ExampleSet.read(flat) }
    let empty = try folder.writeIDX([], shape: [0, 2, 2], to: "empty")
    #expect(throws: GenerativeError.self) { try ExampleSet.read(empty) }
    #expect(throws: GenerativeError.missing(path: "/no/such/thing")) {
      try ExampleSet.read("/no/such/thing")
    }
  }

  @Test("Other sizes and channels: bytes stay bytes")
  func conversion() throws {
    let folder = try TemporaryFolder()
    let path = try mnist(folder)
    let small = try ExampleSet.read(path, split: .test, size: (1, 1), channels: 3)
    #expect(small.shape == ExampleShape(height: 1, width: 1, channels: 3) && small.holdsBytes)
    // The mean of two white and two black pixels, 127.5, is rounded.
    #expect(small.batch(0..<2).elements == [Float](repeating: 128.0 / 255, count: 6))
    let threads = try ExampleSet.read(
      path, split: .train, size: (4, 3), execution: Execution(threads: 2))
    #expect(
      threads.batch(0..<3).elements
        == (try ExampleSet.read(path, split: .train, size: (4, 3))).batch(0..<3).elements)
    #expect(
      throws: GenerativeError.invalidOption(name: "channels", value: "2", limit: "1 or 3")
    ) { try ExampleSet.read(path, channels: 2) }
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path, size: (0, 2)) }
  }
}
