import TencaFormats
import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Reading NumPy files")
struct NumPyReadingTests {
  private let numbers = NDArray<Float>((0..<24).map { Float($0) - 4 }, shape: [2, 2, 2, 3])

  @Test("Pictures, colour pictures and rows of numbers, kept as they are and where they are")
  func shapes() throws {
    let folder = try TemporaryFolder()
    let path = try folder.writeNPY(numbers, to: "a.npy")
    let set = try ExampleSet.read(path)
    #expect(set.shape == ExampleShape(height: 2, width: 2, channels: 3) && set.isMapped)
    #expect(set.example(1) == (12..<24).map { Float($0) - 4 })
    try folder.writeNPY(numbers.reshaped([4, 2, 3]), to: "a.npy")
    #expect(try ExampleSet.read(path).shape == ExampleShape(height: 2, width: 3, channels: 1))
    try folder.writeNPY(numbers.reshaped([2, 12]), to: "a.npy")
    #expect(try ExampleSet.read(path).shape == ExampleShape(height: 1, width: 12, channels: 1))
    // A row becomes a picture of the size asked for; nothing is resampled.
    let rows = try ExampleSet.read(path, size: (2, 2))
    #expect(rows.shape == set.shape && rows.batch(0..<2) == numbers)
    #expect(try ExampleSet.read(path, size: (3, 4)).shape.channels == 1)
    #expect(try ExampleSet.read(path, channels: 3).shape.width == 4)
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path, size: (5, 1)) }
    try folder.writeNPY(numbers.reshaped([24]), to: "a.npy")
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path) }
  }

  @Test("Channels first are refused with the remedy")
  func channelsFirst() throws {
    let folder = try TemporaryFolder()
    let path = try folder.writeNPY(NDArray(zeros: [2, 3, 8, 8]), to: "a.npy")
    #expect(
      throws: GenerativeError.badArray(
        path: path, shape: [2, 3, 8, 8], limit: "channels last (numpy.moveaxis(array, 1, -1))")
    ) { try ExampleSet.read(path) }
  }

  @Test("NaN and infinity are named by example, row and column")
  func notFinite() throws {
    let folder = try TemporaryFolder()
    var values = [Float](repeating: 0, count: 5 * 3 * 4)
    values[3 * 12 + 2 * 4 + 1] = .nan
    let path = try folder.writeNPY(NDArray(values, shape: [5, 3, 4]), to: "a.npy")
    let error = GenerativeError.notFinite(path: path, example: 3, row: 2, column: 1, value: "nan")
    #expect(throws: error) { try ExampleSet.read(path) }
    #expect(error.description.contains("example 3, row 2, column 1"))
    // A double that single precision cannot hold.
    try NPY.write(NDArray<Double>([0, 1e300], shape: [2, 1, 1]), to: path)
    #expect(
      throws: GenerativeError.notFinite(path: path, example: 1, row: 0, column: 0, value: "inf")
    ) { try ExampleSet.read(path) }
  }

  @Test("Labels lie beside by their name")
  func labels() throws {
    let folder = try TemporaryFolder()
    let path = try folder.writeNPY(numbers, to: "images.npy")
    try folder.writeNPY(NDArray([7, 0]), to: "labels.npy")
    #expect(try ExampleSet.read(path).labels == [7, 0])
    let labels = try folder.writeNPY(NDArray([7, 0.5]), to: "labels.npy")
    #expect(
      throws: GenerativeError.unknownLabel(path: labels, example: 1, label: "0.5", classCount: 10)
    ) { try ExampleSet.read(path) }
    try folder.writeNPY(NDArray([-1, 0]), to: "labels.npy")
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path) }
    try folder.writeNPY(NDArray(zeros: [2, 10]), to: "labels.npy")
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path) }
  }

  @Test(
    "Archives by their usual names",
    arguments: [
      ("images", "labels"), ("x", "y"), ("X", "Y"), ("data", "target"), ("whatever", ""),
    ])
  func archive(examples: String, labels: String) throws {
    let folder = try TemporaryFolder()
    var arrays = [(examples, numbers)]
    if !labels.isEmpty { arrays.append((labels, NDArray([2, 1], shape: [2, 1]))) }
    let set = try ExampleSet.read(folder.writeNPZ(arrays, to: "a.npz"))
    #expect(set.batch(0..<2) == numbers && set.isMapped)
    #expect(set.labels == (labels.isEmpty ? nil : [2, 1]))
  }

  @Test(
    "Archives with parts",
    arguments: [("x_train", "y_train", "x_test"), ("train_images", "train_labels", "test_images")])
  func parts(train: String, labels: String, test: String) throws {
    let folder = try TemporaryFolder()
    let doubled = NDArray(numbers.elements.map { 2 * $0 }, shape: numbers.shape)
    let path = try folder.writeNPZ(
      [(test, doubled), (train, numbers), (labels, NDArray([0, 1]))], to: "a.npz")
    #expect(try ExampleSet.read(path, split: .train).batch(0..<2) == numbers)
    #expect(try ExampleSet.read(path, split: .train).labels == [0, 1])
    #expect(try ExampleSet.read(path, split: .test).batch(0..<2) == doubled)
    // The test part has no labels, so all together have some only.
    #expect(throws: GenerativeError.self) { try ExampleSet.read(path) }
    #expect(
      throws: GenerativeError.noSuchSplit(
        path: path, split: "validation", present: ["train", "test"])
    ) { try ExampleSet.read(path, split: .validation) }
  }

  @Test("Archives without examples list what they have")
  func noExamples() throws {
    let folder = try TemporaryFolder()
    let path = try folder.writeNPZ([("a", numbers), ("b", numbers)], to: "a.npz")
    #expect { try ExampleSet.read(path) } throws: { "\($0)".contains("its arrays are a, b") }
  }
}
