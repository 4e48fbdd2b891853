#if canImport(Glibc)
  internal import Glibc
#endif

/// The one thing libsndfile does not tell: that a WAV file is shorter than its header promises.
///
/// It reads what is there and says nothing, so a copy that broke off half way would train a model.
enum WAVHeader {
  /// Compares the length of the `data` chunk with the bytes that follow it.
  ///
  /// Writers that stream leave a length of 0 or 0xFFFFFFFF, which promises nothing and passes.
  ///
  /// - Throws: ``AudioError/truncated(path:expected:found:)``, in frames.
  static func checkLength(_ descriptor: Int32, fileSize: Int, path: String) throws {
    var header = [UInt8](repeating: 0, count: min(fileSize, 4096))
    guard pread(descriptor, &header, header.count, 0) == header.count, header.count >= 44,
      header[0..<4].elementsEqual("RIFF".utf8), header[8..<12].elementsEqual("WAVE".utf8)
    else { return }
    func littleEndian(_ at: Int, bytes: Int) -> Int {
      (0..<bytes).reduce(0) { $0 | Int(header[at + $1]) << (8 * $1) }
    }
    var position = 12
    var bytesPerFrame = 1
    while position + 8 <= header.count {
      let length = littleEndian(position + 4, bytes: 4)
      let name = header[position..<(position + 4)]
      if name.elementsEqual("fmt ".utf8), position + 22 <= header.count {
        bytesPerFrame = max(littleEndian(position + 20, bytes: 2), 1)
      }
      if name.elementsEqual("data".utf8) {
        let present = fileSize - position - 8
        if length > present && length < 0xFFFF_FF00 {
          throw AudioError.truncated(
            path: path, expected: length / bytesPerFrame, found: present / bytesPerFrame)
        }
        return
      }
      position += 8 + length + length % 2
    }
  }
}
