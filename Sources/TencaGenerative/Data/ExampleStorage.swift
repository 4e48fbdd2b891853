internal import TencaFormats

/// Where the numbers of examples lie: arrays one after another, and which of their rows are meant.
///
/// Choosing examples copies none of them.
struct ExampleStorage: Sendable {
  /// Arrays of one number of numbers a row.
  private let parts: [StoredArray]
  /// The first example of each part.
  private let starts: [Int]
  /// The examples meant, counted through all parts; nil for all in their order.
  private let selection: [Int]?
  /// The numbers of an example.
  let exampleSize: Int

  init(_ parts: [StoredArray], exampleSize: Int) {
    self.parts = parts
    self.exampleSize = exampleSize
    var next = 0
    starts = parts.map { part in
      defer { next += part.shape[0] }
      return next
    }
    selection = nil
  }

  private init(_ other: ExampleStorage, selection: [Int]) {
    (parts, starts, exampleSize) = (other.parts, other.starts, other.exampleSize)
    self.selection = selection
  }

  /// The number of examples.
  var count: Int { selection?.count ?? parts.reduce(0) { $0 + $1.shape[0] } }

  /// Whether every number is a byte.
  var holdsBytes: Bool { parts.allSatisfy(\.holdsBytes) }

  /// Whether every number is read from its file when it is asked for.
  var isMapped: Bool { parts.allSatisfy(\.isMapped) }

  func selecting(_ indices: [Int]) -> ExampleStorage {
    ExampleStorage(self, selection: selection.map { old in indices.map { old[$0] } } ?? indices)
  }

  /// Writes one example; bytes become 0…1.
  func copy(_ index: Int, into target: UnsafeMutableBufferPointer<Float>) {
    let example = selection?[index] ?? index
    let part = starts.lastIndex { $0 <= example }!
    let start = (example - starts[part]) * exampleSize
    parts[part].copyElements(start..<start + exampleSize, into: target)
    guard parts[part].holdsBytes else { return }
    for i in target.indices { target[i] /= 255 }
  }
}
