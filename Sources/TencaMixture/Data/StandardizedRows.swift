internal import TencaNumerics

/// Rows of a source as a frame shows them, and how much each counts.
struct StandardizedRows: Sendable {
  let source: any RowSource
  let frame: MixtureFrame
  /// One a row; nil counts every row once.
  let weights: [Double]?
  let missing: MissingCells

  init(
    _ source: any RowSource, frame: MixtureFrame, weights: [Double]? = nil,
    missing: MissingCells = .refused
  ) {
    self.source = source
    self.frame = frame
    self.weights = weights
    self.missing = missing
  }

  var count: Int { source.rowCount }
  var columns: Int { frame.columns }

  /// How many rows one thread takes at a time: about half a millisecond of work.
  static let block = 4096

  /// The number of blocks.
  var blocks: Int { (count + Self.block - 1) / Self.block }

  /// The rows of one block.
  func block(_ index: Int) -> Range<Int> {
    index * Self.block..<min((index + 1) * Self.block, count)
  }

  /// Writes rows in the coordinates of the frame to `target`, one after another.
  func read(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    try source.readRows(rows, into: target)
    frame.enter(target, count: rows.count)
  }

  /// Writes chosen rows in the coordinates of the frame to `target`, one after another.
  ///
  /// - Parameters:
  ///   - indices: Rising; neighbours are read together.
  ///   - first: The row that index 0 means.
  ///   - target: Room for them.
  func read(
    _ indices: ArraySlice<Int32>, after first: Int, into target: UnsafeMutablePointer<Double>
  ) throws {
    var (start, output) = (indices.startIndex, target)
    while start < indices.endIndex {
      var end = start + 1
      while end < indices.endIndex && indices[end] == indices[end - 1] + 1 { end += 1 }
      let row = first + Int(indices[start])
      try source.readRows(row..<row + end - start, into: output)
      output += (end - start) * columns
      start = end
    }
    frame.enter(target, count: indices.count)
  }

  /// A range of rows in the coordinates of the frame.
  func values(_ rows: Range<Int>) throws -> [Double] {
    try [Double](unsafeUninitializedCapacity: rows.count * columns) { buffer, count in
      try read(rows, into: buffer.baseAddress!)
      count = buffer.count
    }
  }

  /// One row.
  func row(_ index: Int) throws -> [Double] { try values(index..<index + 1) }
}
