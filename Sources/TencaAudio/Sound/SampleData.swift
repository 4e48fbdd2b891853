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
  init?(_ header: SoundBytes) {
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
    _ header: SoundBytes, _ order: SoundBytes.Order,
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
  private init?(waveIn header: SoundBytes) {
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
  private init?(aiffIn header: SoundBytes) {
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
  private init?(auIn header: SoundBytes) {
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

  /// Checks that a file holds what its header promises, and lets libsndfile see the samples of one
  /// that promises nothing.
  ///
  /// - Throws: ``AudioError/truncated(path:expected:found:)``, in frames.
  static func check(_ bytes: SoundBytes, path: String) throws {
    guard let data = SampleData(bytes) else { return }
    if data.length == 0 {
      // With the largest length, libsndfile takes the samples to reach to the end of the file.
      if !data.isReallyEmpty(bytes) { bytes.maximize(at: data.lengthPlace) }
      return
    }
    let present = max(0, bytes.size - data.start)
    if data.length <= present || data.isPlaceholder { return }
    func frames(_ bytes: Int) -> Int { bytes / data.bytesPerBlock * data.framesPerBlock }
    throw AudioError.truncated(
      path: path, expected: frames(data.length), found: frames(present))
  }

  /// Whether nothing, or nothing but other chunks, follows a length of 0.
  private func isReallyEmpty(_ header: SoundBytes) -> Bool {
    if header.text(at: 0) != "RIFF" { return true }
    var position = start
    while position < header.size {
      guard let name = header.text(at: position), name.utf8.allSatisfy({ 32...126 ~= $0 }),
        let length = header.integer(at: position + 4, bytes: 4, .little)
      else { return false }
      position += 8 + length + length % 2
    }
    return position == header.size
  }
}
