import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct NPYRowWriterTests {
  @Test(arguments: [[], [3], [2, 2]], [[], [0], [1, 5, 0, 7]])
  func writesRowsOfUnknownCount(rowShape: [Int], blocks: [Int]) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/rows.npy"
      let width = rowShape.reduce(1, *)
      var all: [Float] = []
      try NPY.writeRows(of: rowShape, to: path) { writer in
        for rows in blocks {
          let block = (0..<rows * width).map { Float(all.count + $0) }
          try writer.append(NDArray(block, shape: [rows] + rowShape))
          all += block
        }
        #expect(writer.rowCount == blocks.reduce(0, +))
      }
      let expected = NDArray(all, shape: [blocks.reduce(0, +)] + rowShape)
      #expect(try NPY.read(path: path) == .float(expected))
    }
  }

  @Test func refusesRowsOfAnotherShape() throws {
    try withTemporaryFolder { folder in
      for shape in [[2, 4], [3], []] {
        let error = try #require(throws: FormatError.self) {
          try NPY.writeRows(of: [3], to: "\(folder)/rows.npy") { writer in
            try writer.append(NDArray<Float>(zeros: shape))
          }
        }
        #expect(error.description.contains("shape \(shape)"))
      }
      #expect(try names(in: folder) == [])
    }
  }
}
