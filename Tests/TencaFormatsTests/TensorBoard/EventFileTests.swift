import FoundationEssentials
import Testing

@testable import TencaFormats

@Suite("TensorBoard event file")
struct EventFileTests {
  // b = io.BytesIO(); w = tensorboard.summary.writer.record_writer.RecordWriter(b)
  // w.write(Event(wall_time=1700000000.25, file_version="brain.Event:2").SerializeToString())
  // w.write(Event(wall_time=1700000001.5, step=300, summary=Summary(value=[
  //   Summary.Value(tag="loss/a", simple_value=0.75),
  //   Summary.Value(tag="b", simple_value=-2)])).SerializeToString())
  // b.getvalue().hex()
  private let expected = """
    1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9\
    2700000000000000bbe1b1460900006040fc54d94110ac022a190a0d0a066c6f73732f6115000040\
    3f0a080a016215000000c097627763
    """

  @Test("The bytes are those of TensorBoard's own writer")
  func scalars() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/events.out.tfevents.1700000000.test"
      var log = try EventFile(path: path, wallTime: 1_700_000_000.25)
      try log.append(scalars: [("loss/a", 0.75), ("b", -2)], step: 300, wallTime: 1_700_000_001.5)
      // Read while it is still open, as TensorBoard does.
      let written = try Data(contentsOf: URL(filePath: path))
      #expect([UInt8](written) == bytes(hex: expected))
    }
  }

  @Test("A picture is a PNG within the record")
  func picture() throws {
    let picture = Picture(width: 2, height: 1, layout: .rgb, samples: [1, 2, 3, 4, 5, 6])
    let record = try EventRecord.picture(picture, tag: "x", step: 1, wallTime: 0)
    let png = try picture.png()
    // The record ends in the PNG, its last field, and the checksum.
    #expect(record.dropLast(4).suffix(png.count).elementsEqual(png))
    let length = record.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(record.count == length + 16)
    // Height 1, width 2, colour space 3, field 4 counted.
    let before = Array(record.dropLast(4 + png.count).suffix(8))
    #expect(before.contains([0x08, 1, 0x10, 2, 0x18, 3, 0x22]))
  }

  @Test("A file that is there is not written to; a folder that is not there is an error")
  func refused() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/events.out.tfevents.1.test"
      _ = try EventFile(path: path, wallTime: 0)
      #expect(throws: FormatError.self) { _ = try EventFile(path: path, wallTime: 0) }
      #expect(throws: FormatError.self) {
        _ = try EventFile(path: folder + "/none/tfevents", wallTime: 0)
      }
    }
  }
}
