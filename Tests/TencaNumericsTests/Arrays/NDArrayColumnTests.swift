import TencaNumerics
import Testing

@Suite struct NDArrayColumnTests {
  @Test func findsMeansAndDeviations() {
    let matrix = NDArray<Double>(rows: [[1, 1e9 + 1, 7], [2, 1e9 + 2, 7], [6, 1e9 + 6, 7]])
    #expect(matrix.columnMeans() == [3, 1e9 + 3, 7])
    let deviation = (14.0 / 3).squareRoot()
    #expect(matrix.columnDeviations() == [deviation, deviation, 0])
    #expect(matrix.transposed().columnMeans().count == 3)
  }

  @Test func standardizes() {
    let matrix: NDArray<Float> = randomMatrix(50, 4, seed: 2) * 3 + 100
    let standardized = matrix.standardizedColumns()
    #expect(standardized.columnMeans().allSatisfy { abs($0) < 1e-5 })
    #expect(standardized.columnDeviations().allSatisfy { abs($0 - 1) < 1e-5 })
    let constant = NDArray<Float>(repeating: 4, shape: [3, 2])
    #expect(constant.standardizedColumns().elements.allSatisfy { $0 == 0 })
    #expect(NDArray<Double>(rows: [[9, 8]]).standardizedColumns().elements == [0, 0])
  }
}
