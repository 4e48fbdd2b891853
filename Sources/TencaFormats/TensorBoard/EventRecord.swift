/// `Event` messages, framed as TFRecords: the length in eight bytes, its masked checksum in four, the
/// message, and its masked checksum in four, all little end first.
enum EventRecord {
  /// The first record of a file, which says what the others are.
  static func version(wallTime: Double) -> [UInt8] {
    framed { event in
      event.put(Event.wallTime, wallTime)
      event.put(Event.fileVersion, "brain.Event:2")
    }
  }

  static func scalars(
    _ scalars: [(tag: String, value: Float)], step: Int, wallTime: Double
  ) -> [UInt8] {
    summary(step: step, wallTime: wallTime) { summary in
      for (tag, number) in scalars {
        summary.put(Summary.value) { value in
          value.put(Value.tag, tag)
          value.put(Value.simpleValue, number)
        }
      }
    }
  }

  static func picture(
    _ picture: Picture, tag: String, step: Int, wallTime: Double
  ) throws -> [UInt8] {
    let png = try picture.png()
    return summary(step: step, wallTime: wallTime) { summary in
      summary.put(Summary.value) { value in
        value.put(Value.tag, tag)
        value.put(Value.image) { image in
          image.put(Image.height, picture.height)
          image.put(Image.width, picture.width)
          // The number of channels is the colour space: 1 grey, 2 with opacity, 3 RGB, 4 RGBA.
          image.put(Image.colorSpace, picture.layout.channels)
          image.put(Image.encoded, png)
        }
      }
    }
  }

  private static func summary(
    step: Int, wallTime: Double, _ fill: (inout ProtocolBuffer) -> Void
  ) -> [UInt8] {
    framed { event in
      event.put(Event.wallTime, wallTime)
      event.put(Event.step, step)
      event.put(Event.summary, fill)
    }
  }

  private static func framed(_ fill: (inout ProtocolBuffer) -> Void) -> [UInt8] {
    var event = ProtocolBuffer()
    fill(&event)
    let length = littleEnd(UInt64(event.bytes.count))
    return length + littleEnd(CRC32C.masked(length)) + event.bytes
      + littleEnd(CRC32C.masked(event.bytes))
  }

  private static func littleEnd(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  // The numbers of fields in TensorFlow's event.proto and summary.proto.
  private enum Event {
    static let (wallTime, step, fileVersion, summary): (UInt64, UInt64, UInt64, UInt64) = (
      1, 2, 3, 5
    )
  }
  private enum Summary { static let value: UInt64 = 1 }
  private enum Value {
    static let (tag, simpleValue, image): (UInt64, UInt64, UInt64) = (1, 2, 4)
  }
  private enum Image {
    static let (height, width, colorSpace, encoded): (UInt64, UInt64, UInt64, UInt64) = (
      1, 2, 3, 4
    )
  }
}
