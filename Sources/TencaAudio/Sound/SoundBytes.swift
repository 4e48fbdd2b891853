internal import CSndfile

#if canImport(Glibc)
  internal import Glibc
#endif

/// The bytes of a sound file, read through a buffer: what libsndfile reads from.
///
/// libsndfile itself asks the system some thirty times for the header of a small WAV file, a few bytes
/// each, which takes longer than its samples do.
final class SoundBytes {
  enum Order {
    case little, big
  }

  /// The number of bytes.
  let size: Int

  private let descriptor: Int32
  private var position = 0
  private var buffer: [UInt8] = []
  private var bufferStart = 0
  /// Where four bytes 0xFF are read, whatever the file says.
  private var patch: Int?

  private static let bufferSize = 1 << 16

  /// - Parameter descriptor: A file on a disk, closed together with this.
  init(_ descriptor: Int32, size: Int) {
    self.descriptor = descriptor
    self.size = size
  }

  deinit { close(descriptor) }

  /// Lets a 32-bit number read as the largest there is.
  func maximize(at place: Int) {
    patch = place
    buffer = []
  }

  /// Four bytes as text; nil beyond the end of the file.
  func text(at place: Int) -> String? {
    bytes(at: place, count: 4).map { String(decoding: $0, as: UTF8.self) }
  }

  /// An unsigned integer; nil beyond the end of the file, or beyond 2⁶³.
  func integer(at place: Int, bytes count: Int, _ order: Order) -> Int? {
    guard let bytes = bytes(at: place, count: count) else { return nil }
    let value = bytes.enumerated().reduce(UInt64(0)) { value, byte in
      let rank = order == .little ? byte.offset : count - 1 - byte.offset
      return value | UInt64(byte.element) << UInt64(8 * rank)
    }
    return Int(exactly: value)
  }

  private func bytes(at place: Int, count: Int) -> ArraySlice<UInt8>? {
    guard place >= 0, place <= size - count else { return nil }
    if place < bufferStart || place + count > bufferStart + buffer.count { fill(from: place) }
    let first = place - bufferStart
    return first + count <= buffer.count ? buffer[first..<(first + count)] : nil
  }

  private func fill(from place: Int) {
    let count = max(0, min(Self.bufferSize, size - place))
    buffer = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      filled = count > 0 ? max(0, pread(descriptor, target.baseAddress!, count, place)) : 0
    }
    bufferStart = place
    if let patch {
      for index in patch..<(patch + 4) where buffer.indices.contains(index - place) {
        buffer[index - place] = 0xFF
      }
    }
  }

  private func read(_ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
    var done = 0
    while done < count {
      if position < bufferStart || position >= bufferStart + buffer.count { fill(from: position) }
      let held = buffer.count - (position - bufferStart)
      if held <= 0 { break }
      let step = min(held, count - done)
      buffer.withUnsafeBytes {
        (target + done).copyMemory(
          from: $0.baseAddress! + (position - bufferStart), byteCount: step)
      }
      done += step
      position += step
    }
    return done
  }

  private func seek(_ offset: Int, _ origin: Int32) -> Int {
    let base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? position : size
    let (target, isBeyondNumbers) = base.addingReportingOverflow(offset)
    if isBeyondNumbers || target < 0 { return -1 }
    position = target
    return target
  }
}

extension SoundBytes {
  /// Opens the bytes with libsndfile, which must not outlive them.
  func openSound(_ info: inout SF_INFO) -> OpaquePointer? {
    var functions = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(soundBytes($0).size) },
      seek: { offset, origin, bytes in sf_count_t(soundBytes(bytes).seek(Int(offset), origin)) },
      read: { target, count, bytes in sf_count_t(soundBytes(bytes).read(target!, Int(count))) },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(soundBytes($0).position) })
    return sf_open_virtual(
      &functions, Int32(SFM_READ), &info, Unmanaged.passUnretained(self).toOpaque())
  }
}

/// What libsndfile hands back to the functions that it calls.
private func soundBytes(_ pointer: UnsafeMutableRawPointer?) -> SoundBytes {
  Unmanaged<SoundBytes>.fromOpaque(pointer!).takeUnretainedValue()
}
