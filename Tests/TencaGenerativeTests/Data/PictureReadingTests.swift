import FoundationEssentials
import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Reading folders of pictures")
struct PictureReadingTests {
  @Test("One folder a class")
  func folders() throws {
    let folder = try TemporaryFolder()
    try folder.writePicture([0], to: "dog/1.png")
    try folder.writePicture([255], to: "cat/deeper/2.PNG")
    try folder.writePicture([51], to: "dog/3.png")
    try folder.writePicture([9], to: ".hidden/4.png")
    try folder.write("not a picture", to: "dog/notes.txt")
    let set = try ExampleSet.read(folder.path, execution: Execution(threads: 2))
    #expect(set.classNames == ["cat", "dog"] && set.labels == [0, 1, 1])
    #expect(set.shape == ExampleShape(height: 2, width: 2, channels: 1) && set.failures.isEmpty)
    #expect(set.batch(0..<3).elements == [1, 0, 0.2].flatMap { [Float](repeating: $0, count: 4) })
  }

  @Test("No folder a class, or folders called train and test")
  func flatAndParted() throws {
    let folder = try TemporaryFolder()
    try folder.writePicture([0], to: "flat/1.png")
    try folder.writePicture([255], to: "flat/2.png")
    let flat = try ExampleSet.read("\(folder.path)/flat", split: .train)
    #expect(flat.labels == nil && flat.classNames.isEmpty && flat.count == 2)
    #expect(throws: GenerativeError.self) {
      try ExampleSet.read("\(folder.path)/flat", split: .test)
    }
    for (index, name) in ["train/10/1", "train/9/2", "test/9/3", "test/9/4"].enumerated() {
      try folder.writePicture([UInt8(index)], to: "parted/\(name).png")
    }
    let test = try ExampleSet.read("\(folder.path)/parted", split: .test)
    // Classes are those of both parts; numbers are sorted by their size.
    #expect(test.classNames == ["9", "10"] && test.labels == [0, 0])
    #expect(test.example(0)[0] == 2.0 / 255)
    #expect(try ExampleSet.read("\(folder.path)/parted").count == 4)
  }

  @Test("A manifest gives paths, labels and parts")
  func manifest() throws {
    let folder = try TemporaryFolder()
    for (index, name) in ["a", "b", "c"].enumerated() {
      try folder.writePicture([UInt8(100 * index)], to: "pictures/\(name).png")
    }
    let path = try folder.write(
      "path,label,split\npictures/c.png,x,train\npictures/a.png,y,test\npictures/b.png,y,train\n",
      to: "manifest.csv")
    for source in [path, folder.path] {
      let set = try ExampleSet.read(source, split: .train)
      #expect(set.labels == [0, 1] && set.classNames == ["x", "y"])
      #expect(set.example(0)[0] == 200.0 / 255 && set.example(1)[0] == 100.0 / 255)
    }
    #expect(throws: GenerativeError.tooFewExamples(path: path, count: 1, least: 2)) {
      try ExampleSet.read(path, split: .test)
    }
    try folder.write("y\nz\nx\n", to: "classes.txt")
    #expect(try ExampleSet.read(path, split: .train).labels == [2, 0])
    try folder.write("y\n", to: "classes.txt")
    #expect(
      throws: GenerativeError.unknownLabel(path: path, example: 0, label: "x", classCount: 1)
    ) { try ExampleSet.read(path) }
  }

  @Test("Manifests that are wrong name the line")
  func badManifest() throws {
    let folder = try TemporaryFolder()
    func expect(_ text: String, _ part: String) throws {
      let path = try folder.write(text, to: "manifest.csv")
      #expect { try ExampleSet.read(path) } throws: { "\($0)".contains(part) }
    }
    try expect("file,label\na.png,x\n", "no column 'path'")
    try expect("path,label\na.png,x\nb.png,\n", "line 3")
    try expect("path,split\n,train\n", "line 2: the path is empty")
    try expect("path,split\na.png,holdout\n", "the split is 'holdout'")
    try expect("path,label\n", "one row a picture")
  }

  @Test("A bad picture is reported and does not stop the others")
  func failures() throws {
    let folder = try TemporaryFolder()
    try folder.writePicture([1], to: "1.png")
    try folder.write("no picture at all", to: "2.png")
    try folder.writePicture([3], to: "3.png")
    let set = try ExampleSet.read(folder.path)
    #expect(set.count == 2 && set.failures.map(\.name) == ["2.png"])
    #expect(set.failures[0].message.contains("2.png"))
    let bad = try TemporaryFolder()
    try bad.write("no picture", to: "1.png")
    #expect { try ExampleSet.read(bad.path) } throws: { "\($0)".contains("none of 1 files") }
  }

  @Test("The picture whose size differs is named, unless a size is given")
  func sizes() throws {
    let folder = try TemporaryFolder()
    let first = try folder.writePicture([10], to: "1.png")
    try folder.writePicture([20], to: "2.png")
    let other = try folder.writePicture([30], to: "3.png", height: 5, width: 3)
    #expect(
      throws: GenerativeError.sizeDiffers(
        path: other, size: "5 × 3", first: "2 × 2", firstPath: first)
    ) { try ExampleSet.read(folder.path) }
    let set = try ExampleSet.read(folder.path, size: (3, 4))
    #expect(set.shape == ExampleShape(height: 3, width: 4, channels: 1))
    #expect(set.example(2) == [Float](repeating: 30.0 / 255, count: 12))
  }

  @Test("One picture in colour makes all colour; grey is made of colour where asked for")
  func colors() throws {
    let folder = try TemporaryFolder()
    try folder.writePicture([255, 0, 0], to: "1.png", height: 1, width: 1)
    try folder.writePicture([51], to: "2.png", height: 1, width: 1)
    // Black at two fifths of opacity on white.
    try folder.writePicture([0, 102], to: "3.png", height: 1, width: 1)
    let color = try ExampleSet.read(folder.path)
    #expect(color.shape.channels == 3)
    #expect(color.batch(0..<3).elements == [1, 0, 0, 0.2, 0.2, 0.2, 0.6, 0.6, 0.6])
    let grey = try ExampleSet.read(folder.path, channels: 1)
    #expect(grey.batch(0..<3).elements == [76.0 / 255, 0.2, 0.6])
  }

  @Test("Folders with nothing to read, and files of other kinds, say what is wanted")
  func nothing() throws {
    let folder = try TemporaryFolder()
    #expect { try ExampleSet.read(folder.path) } throws: { "\($0)".contains("no examples found") }
    let picture = try folder.writePicture([1], to: "1.png")
    #expect { try ExampleSet.read(picture) } throws: { "\($0)".contains("not a single picture") }
    #expect(throws: GenerativeError.tooFewExamples(path: folder.path, count: 1, least: 2)) {
      try ExampleSet.read(folder.path)
    }
    let text = try folder.write("hello there", to: "a.txt")
    #expect { try ExampleSet.read(text) } throws: { "\($0)".contains("another kind") }
    try folder.writePicture([1], to: "class/1.png")
    #expect(throws: GenerativeError.unlabelled(path: folder.path, place: "1.png")) {
      try ExampleSet.read(folder.path)
    }
  }
}
