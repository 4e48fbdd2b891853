import Testing

@testable import TencaRecognition

@Suite("Data sets")
struct DatasetTests {
  @Test("A manifest gives paths relative to itself, labels and all other columns")
  func manifest() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "path,label,speaker,split\r\na/1.wav,dog,x,train\r\n/abs/2.wav,cat,y,test\r\n",
      to: "sub/manifest.csv")
    for path in [file, "\(folder.path)/sub"] {
      let dataset = try Dataset(path: path)
      #expect(dataset.labels == ["cat", "dog"])
      #expect(dataset.recordings[0].path == "\(folder.path)/sub/a/1.wav")
      #expect(dataset.recordings[0].name == "a/1.wav")
      #expect(dataset.recordings[1].path == "/abs/2.wav")
      #expect(dataset.recordings[1].attributes == ["speaker": "y", "split": "test"])
      #expect(try dataset.values(of: "speaker") == ["x", "y"])
      #expect(try dataset.filtered(column: "split", value: "test").recordings.count == 1)
    }
  }

  @Test("One folder a class gives labels")
  func folders() throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(300, to: "low/1.wav")
    try folder.writeTone(300, to: "low/deeper/2.wav")
    try folder.writeTone(900, to: "high/1.wav")
    try folder.write("not a sound", to: "high/notes.txt")
    try folder.write("hidden", to: ".hidden/1.wav")
    let dataset = try Dataset(path: folder.path)
    #expect(dataset.recordings.map(\.name) == ["high/1.wav", "low/1.wav", "low/deeper/2.wav"])
    #expect(dataset.recordings.map(\.label) == ["high", "low", "low"])
  }

  @Test("File names give labels and columns")
  func names() throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(300, to: "low_anna_1.wav")
    try folder.writeTone(300, to: "high_ben_2.wav")
    let dataset = try Dataset(
      path: folder.path, pattern: try FileNamePattern("{label}_{speaker}_{take}"))
    #expect(dataset.labels == ["high", "low"])
    #expect(dataset.recordings[0].attributes == ["speaker": "ben", "take": "2"])
  }

  @Test("What is missing is named")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(throws: RecognitionError.missing(path: "/no/such/thing")) {
      try Dataset(path: "/no/such/thing")
    }
    #expect(throws: RecognitionError.noSounds(path: folder.path)) {
      try Dataset(path: folder.path)
    }
    let noLabel = try folder.write("path,speaker\na.wav,x\n", to: "nolabel.csv")
    #expect(
      throws: RecognitionError.missingColumn(
        path: noLabel, column: "label", present: ["path", "speaker"])
    ) { try Dataset(path: noLabel) }
    let empty = try folder.write("path,label\na.wav,x\nb.wav,\n", to: "empty.csv")
    #expect(throws: RecognitionError.emptyCell(path: empty, row: 3, column: "label")) {
      try Dataset(path: empty)
    }
    let dataset = try Dataset(
      path: folder.write("path,label,split\na.wav,x,train\n", to: "one.csv"))
    #expect(
      throws: RecognitionError.unknownValue(column: "split", value: "dev", present: ["train"])
    ) { try dataset.filtered(column: "split", value: "dev") }
    #expect(throws: RecognitionError.self) { try dataset.values(of: "speaker") }
  }

  @Test("A loose file beside class folders has no label")
  func loose() throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(300, to: "low/1.wav")
    try folder.writeTone(300, to: "stray.wav")
    #expect(throws: RecognitionError.unlabelled(path: folder.path)) {
      try Dataset(path: folder.path)
    }
  }

  @Test(
    "Numbers are ordered by size, anything else by letter",
    arguments: [
      (["10", "9", "1"], ["1", "9", "10"]), (["10", "9", "1a"], ["10", "1a", "9"]),
      (["nan", "2", "10"], ["10", "2", "nan"]), (["1.0", "1", "01"], ["01", "1", "1.0"]),
    ])
  func order(values: [String], ordered: [String]) throws {
    let recordings = values.map {
      Recording(path: $0, name: $0, label: "x", attributes: ["fold": $0])
    }
    #expect(try Dataset(source: "x", recordings: recordings).values(of: "fold") == ordered)
  }

  @Test("A folder that is called like a sound is none")
  func folderNamedAsSound() throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(300, to: "low.wav/1.wav")
    #expect(try SoundFiles.find(in: folder.path) == ["low.wav/1.wav"])
  }
}
