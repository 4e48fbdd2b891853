#if canImport(Glibc)
  internal import Glibc
#endif

/// Where a sound file says that its samples lie.
///
/// This is read beside libsndfile because of two things that it does not tell: that a file is shorter
/// than its header promises (it reads what is there, and a copy that broke off half way would train a
/// model), and that a writer to a pipe left the length at 0 (it then finds no samples).
struct SampleData {
  /// The first byte of the samples.
  var start: Int
  /// Their length in bytes, as promised.
  var length: Int
  /// Where the file says so: the byte of a 32-bit length.
  var lengthPlace: Int
  /// How many bytes go together, and how many frames they hold.
  var bytesPerBlock = 1
  var framesPerBlock = 1

  /// Reads the header of a WAV (RF64 too), AIFF or AU file.
  ///
  /// - Returns: nil for other formats, and for headers that libsndfile will find fault with.
  init?(_ header: HeaderBytes) {
    switch header.text(at: 0) {
    case "RIFF" where header.text(at: 8) == "WAVE", "RF64" where header.text(at: 8) == "WAVE":
      self.init(waveIn: header)
    case "FORM" where header.text(at: 8)?.hasPrefix("AIF") == true:
      self.init(aiffIn: header)
    case ".snd":
      self.init(auIn: header)
    default: return nil
    }
  }

  private init(start: Int, length: Int, lengthPlace: Int) {
    self.start = start
    self.length = length
    self.lengthPlace = lengthPlace
  }

  /// Chunks of a name, a length and as many bytes, padded to an even number (EA IFF 85).
  private static func chunks(
    _ header: HeaderBytes, _ order: HeaderBytes.Order,
    _ visit: (_ name: String, _ body: Int, _ length: Int) -> Bool
  ) {
    var position = 12
    // Each chunk takes 8 bytes at least; a file of a thousand chunks is no sound file.
    for _ in 0..<1000 {
      guard let name = header.text(at: position),
        let length = header.integer(at: position + 4, bytes: 4, order)
      else { return }
      if visit(name, position + 8, length) { return }
      position += 8 + length + length % 2
    }
  }

  /// Microsoft's RIFF WAVE, and EBU Tech 3306 (RF64) for lengths beyond 32 bits.
  private init?(waveIn header: HeaderBytes) {
    var found: SampleData?
    var bytesPerBlock = 1
    var framesPerBlock = 1
    var longLength: Int?
    Self.chunks(header, .little) { name, body, length in
      switch name {
      case "fmt ":
        bytesPerBlock = max(header.integer(at: body + 12, bytes: 2, .little) ?? 1, 1)
        // ADPCM and GSM keep several frames in a block, and say how many.
        let isBlocked = [0x02, 0x11, 0x31].contains(header.integer(at: body, bytes: 2, .little))
        let frames = isBlocked ? header.integer(at: body + 18, bytes: 2, .little) : nil
        framesPerBlock = max(frames ?? 1, 1)
      case "ds64": longLength = header.integer(at: body + 8, bytes: 8, .little)
      case "data":
        found = SampleData(
          start: body, length: length == 0xFFFF_FFFF ? longLength ?? length : length,
          lengthPlace: body - 4)
      default: break
      }
      return found != nil
    }
    guard let found else { return nil }
    self = found
    self.bytesPerBlock = bytesPerBlock
    self.framesPerBlock = framesPerBlock
  }

  /// Apple's AIFF and AIFF-C.
  private init?(aiffIn header: HeaderBytes) {
    var found: SampleData?
    var bytesPerBlock = 1
    Self.chunks(header, .big) { name, body, length in
      if name == "COMM", let channels = header.integer(at: body, bytes: 2, .big),
        let bits = header.integer(at: body + 6, bytes: 2, .big)
      {
        bytesPerBlock = max(channels * ((bits + 7) / 8), 1)
      }
      // Eight bytes of offset and block size come before the samples.
      if name == "SSND" && length >= 8 {
        found = SampleData(start: body + 8, length: length - 8, lengthPlace: body - 4)
      }
      return found != nil
    }
    guard let found else { return nil }
    self = found
    self.bytesPerBlock = bytesPerBlock
  }

  /// Sun's and NeXT's AU.
  private init?(auIn header: HeaderBytes) {
    guard let start = header.integer(at: 4, bytes: 4, .big),
      let length = header.integer(at: 8, bytes: 4, .big),
      let encoding = header.integer(at: 12, bytes: 4, .big),
      let channels = header.integer(at: 20, bytes: 4, .big), channels < 1 << 16
    else { return nil }
    self.init(start: start, length: length, lengthPlace: 8)
    let bytesPerSample = [1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 8, 27: 1]
    bytesPerBlock = max(channels * (bytesPerSample[encoding] ?? 1), 1)
  }

  /// Whether a writer that could not go back left a placeholder: nothing, or a number within 4 KiB
  /// below 2 or 4 GiB (SoX and arecord write such, FFmpeg the last).
  private var isPlaceholder: Bool {
    [length, length - 1 << 31, length - 1 << 32].contains { (-4096...0).contains($0) }
  }

  /// Checks that a file of `fileSize` bytes holds what its header promises.
  ///
  /// - Returns: Where the file has a length of 0 although samples follow, if so.
  /// - Throws: ``AudioError/truncated(path:expected:found:)``, in frames.
  static func checkLength(_ descriptor: Int32, fileSize: Int, path: String) throws -> Int? {
    let header = HeaderBytes(descriptor)
    guard let data = SampleData(header) else { return nil }
    let present = max(0, fileSize - data.start)
    if data.length == 0 { return data.isReallyEmpty(header, fileSize) ? nil : data.lengthPlace }
    if data.length <= present || data.isPlaceholder { return nil }
    func frames(_ bytes: Int) -> Int { bytes / data.bytesPerBlock * data.framesPerBlock }
    throw AudioError.truncated(
      path: path, expected: frames(data.length), found: frames(present))
  }

  /// Whether nothing, or nothing but other chunks, follows a length of 0.
  private func isReallyEmpty(_ header: HeaderBytes, _ fileSize: Int) -> Bool {
    if header.text(at: 0) != "RIFF" { return true }
    var position = start
    while position < fileSize {
      guard let name = header.text(at: position), name.utf8.allSatisfy({ 32...126 ~= $0 }),
        let length = header.integer(at: position + 4, bytes: 4, .little)
      else { return false }
      position += 8 + length + length % 2
    }
    return position == fileSize
  }
}

/// The first bytes of chunks, read as they are asked for.
final class HeaderBytes {
  enum Order {
    case little, big
  }

  private let descriptor: Int32
  private var block: [UInt8] = []
  private var blockStart = 0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Four bytes as text; nil beyond the end of the file.
  func text(at position: Int) -> String? {
    bytes(at: position, count: 4).map { String(decoding: $0, as: UTF8.self) }
  }

  /// An unsigned integer; nil beyond the end of the file, or beyond 2⁶³.
  func integer(at position: Int, bytes count: Int, _ order: Order) -> Int? {
    guard let bytes = bytes(at: position, count: count) else { return nil }
    let value = bytes.enumerated().reduce(UInt64(0)) { value, byte in
      let place = order == .little ? byte.offset : count - 1 - byte.offset
      return value | UInt64(byte.element) << UInt64(8 * place)
    }
    return Int(exactly: value)
  }

  private func bytes(at position: Int, count: Int) -> ArraySlice<UInt8>? {
    if position < blockStart || position + count > blockStart + block.count {
      // One block holds all of most headers.
      block = [UInt8](unsafeUninitializedCapacity: 256) { buffer, filled in
        filled = max(0, pread(descriptor, buffer.baseAddress!, buffer.count, position))
      }
      blockStart = position
    }
    let first = position - blockStart
    return first + count <= block.count ? block[first..<(first + count)] : nil
  }
}
