/// Rows of equal width in one block of memory, numbered from the first ever appended, of which the
/// oldest may be forgotten: the store of everything that streams.
struct RowBuffer: Sendable {
  let width: Int
  /// The number of the first row still held.
  private(set) var start = 0
  private(set) var values: [Float] = []

  init(width: Int) { self.width = width }

  /// The number that the next row will have: rows appended so far.
  var end: Int { start + values.count / max(width, 1) }
  var isEmpty: Bool { values.isEmpty }

  /// Appends `count` rows that `fill` writes.
  mutating func append(rows count: Int, _ fill: (UnsafeMutablePointer<Float>) throws -> Void)
    rethrows
  {
    if count == 0 { return }
    let old = values.count
    values.append(contentsOf: repeatElement(0, count: count * width))
    try values.withUnsafeMutableBufferPointer { try fill($0.baseAddress! + old) }
  }

  mutating func append(_ other: RowBuffer) { values += other.values }

  /// Replaces every value held by `transform` of it.
  mutating func replaceValues(_ transform: (Float) -> Float) {
    for index in values.indices { values[index] = transform(values[index]) }
  }

  /// Calls `change` with each row held, to be changed in place.
  mutating func changeRows(_ change: (UnsafeMutablePointer<Float>) -> Void) {
    let count = end - start
    values.withUnsafeMutableBufferPointer { buffer in
      for row in 0..<count { change(buffer.baseAddress! + row * width) }
    }
  }

  /// Calls `body` with row `number`, which must still be held.
  func withRow<Result>(_ number: Int, _ body: (UnsafePointer<Float>) throws -> Result) rethrows
    -> Result
  {
    try values.withUnsafeBufferPointer {
      try body($0.baseAddress! + (number - start) * width)
    }
  }

  /// Forgets the rows before `number`, in bulk, so that the cost of moving the rest stays small.
  mutating func forget(before number: Int) {
    let rows = min(number, end) - start
    guard rows > 256, rows * 2 > end - start else { return }
    values.removeFirst(rows * width)
    start += rows
  }
}

/// A step that turns rows into rows as they come.
///
/// A class: it holds rows between calls, and copies of them would cost more than all arithmetic.
protocol RowStage: AnyObject {
  /// The width of the rows that come out.
  var outputWidth: Int { get }
  /// Takes rows and returns those that are ready. With `last`, no more will come and all are.
  func process(_ rows: RowBuffer, last: Bool) throws -> RowBuffer
}
