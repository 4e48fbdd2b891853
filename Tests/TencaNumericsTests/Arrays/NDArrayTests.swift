import TencaNumerics
import Testing

@Suite struct NDArrayTests {
  @Test func keepsElementsInRowMajorOrder() {
    let array = NDArray<Float>(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(array.shape == [2, 3])
    #expect(array.strides == [3, 1])
    #expect(array.elements == [1, 2, 3, 4, 5, 6])
    #expect(array[1, 0] == 4)
    #expect(array[[0, 2]] == 3)
    #expect(array.count == 6 && array.rank == 2 && array.rows == 2 && array.columns == 3)
  }

  @Test func holdsASingleNumberAndNone() {
    let single = NDArray<Double>([7], shape: [])
    #expect(single.count == 1 && single[[]] == 7 && !single.isEmpty)
    for shape in [[0], [0, 4], [4, 0], [2, 0, 3]] {
      let empty = NDArray<Double>(zeros: shape)
      #expect(empty.isEmpty && empty.elements.isEmpty && empty.isContiguous, "shape \(shape)")
      #expect(empty.transposed().elements.isEmpty, "shape \(shape)")
    }
  }

  @Test func writingToACopyLeavesTheOriginalAlone() {
    let original = NDArray<Float>(rows: [[1, 2], [3, 4]])
    var copy = original
    copy[0, 0] = 9
    #expect(original.elements == [1, 2, 3, 4])
    #expect(copy.elements == [9, 2, 3, 4])
  }

  @Test func writingToAViewLeavesItsSourceAlone() {
    let source = NDArray<Float>((0..<24).map(Float.init), shape: [2, 3, 4])
    let views: [(String, NDArray<Float>)] = [
      ("row", source.row(1)), ("slice", source.slice(axis: 1, 1..<3)),
      ("transpose", source.transposed()), ("reshape", source.reshaped([6, 4])),
    ]
    for (name, view) in views {
      var changed = view
      let index = [Int](repeating: 0, count: view.rank)
      changed[index] = -1
      #expect(source.elements == (0..<24).map(Float.init), "\(name)")
      #expect(changed.elements == [-1] + view.elements.dropFirst(), "\(name)")
    }
  }

  @Test func writingToTheSourceLeavesItsViewsAlone() {
    var source = NDArray<Float>((0..<6).map(Float.init), shape: [2, 3])
    let column = source.column(1)
    source[0, 1] = 100
    #expect(column.elements == [1, 4])
    #expect(source[0, 1] == 100)
  }

  @Test func writesInPlaceWhenNobodyShares() {
    var array = NDArray<Double>(zeros: [1000])
    let before = array.withUnsafeBuffer { $0.baseAddress }
    array[3] = 1
    array.withUnsafeMutableBuffer { $0[4] = 2 }
    #expect(array.withUnsafeBuffer { $0.baseAddress } == before)
    #expect(array[3] == 1 && array[4] == 2)
  }

  @Test func storageIsAlignedForWholeVectors() {
    for count in [0, 1, 5, 1000] {
      let address = NDArray<Float>(zeros: [count]).withUnsafeBuffer {
        UInt(bitPattern: $0.baseAddress)
      }
      #expect(address % 64 == 0, "\(count) scalars")
    }
  }

  @Test func computesElementByElement() {
    let a = NDArray<Double>(rows: [[1, 2], [3, 4]])
    let b = a.transposed()
    #expect((a + b).elements == [2, 5, 5, 8])
    #expect((a - b).elements == [0, -1, 1, 0])
    #expect((a * b).elements == [1, 6, 6, 16])
    #expect((a / b).elements == [1, 2.0 / 3, 1.5, 1])
    #expect((b * 2).elements == [2, 6, 4, 8])
    #expect((b + 1).elements == [2, 4, 3, 5])
    #expect(b.map { $0 * $0 }.elements == [1, 9, 4, 16])
    let rounded: NDArray<Float> = NDArray<Double>([0.1, 1e300]).converted()
    #expect(rounded.elements == [Float(0.1), .infinity])
  }

  @Test func findsRangeAndFirstNonFinite() {
    #expect(NDArray<Float>([3, -1, 2]).range() == -1...3)
    #expect(NDArray<Float>([]).range() == nil)
    #expect(NDArray<Float>([1, .nan]).range() == nil)
    #expect(NDArray<Float>([1, 2]).firstNonFinite() == nil)
    let bad = NDArray<Float>(rows: [[1, 2], [.infinity, .nan]])
    #expect(bad.firstNonFinite() == 2)
    #expect(bad.transposed().firstNonFinite() == 1)
  }

  @Test func comparesShapesAndScalars() {
    let a = NDArray<Float>([1, 2, 3, 4], shape: [2, 2])
    #expect(a == NDArray(rows: [[1, 3], [2, 4]]).transposed())
    #expect(a != a.reshaped([4]))
    #expect(NDArray<Float>([.nan]) != NDArray([.nan]))
  }
}
