import TencaNumerics
import Testing

/// Every view against plain loops over nested arrays of the same numbers.
@Suite struct NDArrayViewTests {
  private static let nested: [[[Double]]] = (0..<2).map { i in
    (0..<3).map { j in (0..<4).map { k in Double(100 * i + 10 * j + k) } }
  }
  private let cube = NDArray<Double>(Self.nested.flatMap { $0.flatMap { $0 } }, shape: [2, 3, 4])

  @Test func slicesEveryRangeOfEveryAxis() {
    for axis in 0..<3 {
      for low in 0...cube.shape[axis] {
        for high in low...cube.shape[axis] {
          let slice = cube.slice(axis: axis, low..<high)
          var ranges = cube.shape.map { 0..<$0 }
          ranges[axis] = low..<high
          var expected: [Double] = []
          for i in ranges[0] {
            for j in ranges[1] { for k in ranges[2] { expected.append(Self.nested[i][j][k]) } }
          }
          #expect(slice.elements == expected, "axis \(axis), \(low)..<\(high)")
          #expect(slice.shape == ranges.map(\.count))
        }
      }
    }
  }

  @Test func selectsEveryIndexOfEveryAxis() {
    for i in 0..<2 {
      #expect(cube.select(axis: 0, i).elements == Self.nested[i].flatMap { $0 })
      #expect(cube.row(i).row(2).elements == Self.nested[i][2])
      #expect(cube.row(i).column(1).elements == Self.nested[i].map { $0[1] })
    }
    for k in 0..<4 {
      let expected = Self.nested.flatMap { $0.map { $0[k] } }
      #expect(cube.select(axis: 2, k).elements == expected)
      #expect(cube.select(axis: 2, k).shape == [2, 3])
    }
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func permutesAxes(_ axes: [Int]) {
    let permuted = cube.permuted(axes)
    #expect(permuted.shape == axes.map { cube.shape[$0] })
    for i in 0..<permuted.shape[0] {
      for j in 0..<permuted.shape[1] {
        for k in 0..<permuted.shape[2] {
          var source = [0, 0, 0]
          for (axis, index) in zip(axes, [i, j, k]) { source[axis] = index }
          #expect(permuted[[i, j, k]] == Self.nested[source[0]][source[1]][source[2]])
        }
      }
    }
    #expect(permuted.contiguous() == permuted)
    #expect(permuted.contiguous().isContiguous)
  }

  @Test func reshapesViewsInRowMajorOrder() {
    #expect(cube.reshaped([4, 6]).elements == cube.elements)
    let view = cube.transposed()
    #expect(view.reshaped([24]).elements == view.elements)
    let part = cube.slice(axis: 0, 1..<2).reshaped([4, 3])
    #expect(part.elements == Self.nested[1].flatMap { $0 })
  }

  @Test(arguments: 0..<3) func concatenatesSlicesBackToTheWhole(axis: Int) {
    for cut in 0...cube.shape[axis] {
      let parts = [
        cube.slice(axis: axis, 0..<cut), cube.slice(axis: axis, cut..<cube.shape[axis]),
      ]
      #expect(NDArray.concatenated(parts, axis: axis) == cube, "cut at \(cut)")
    }
    let turned = cube.transposed()
    let thrice = NDArray.concatenated([turned, turned, turned], axis: axis)
    for copy in 0..<3 {
      let length = turned.shape[axis]
      #expect(thrice.slice(axis: axis, copy * length..<(copy + 1) * length) == turned)
    }
  }

  @Test func viewsOfViewsAgreeWithOneView() {
    let inner = cube.slice(axis: 2, 1..<4).slice(axis: 1, 1..<3).transposed()
    for i in 0..<3 {
      for j in 0..<2 {
        for k in 0..<2 { #expect(inner[[i, j, k]] == Self.nested[k][j + 1][i + 1]) }
      }
    }
    var writable = inner
    writable[[0, 0, 0]] = -5
    #expect(writable[[0, 0, 0]] == -5 && inner[[0, 0, 0]] == Self.nested[0][1][1])
  }
}
