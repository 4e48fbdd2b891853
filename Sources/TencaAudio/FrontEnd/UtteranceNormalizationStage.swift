/// Subtracts the mean of the whole sound, and divides by its standard deviation if asked (Kaldi's
/// apply-cmvn). All rows come out at the end.
final class UtteranceNormalizationStage: RowStage {
  private let dividesByDeviation: Bool
  private var rows: RowBuffer
  private var moments: ColumnMoments

  let outputWidth: Int

  /// Kaldi's floor of the variance (transform/cmvn).
  private static let varianceFloor = 1e-20

  init(_ options: NormalizationOptions, width: Int) {
    dividesByDeviation = options.variance
    rows = RowBuffer(width: width)
    moments = ColumnMoments(width: width)
    outputWidth = width
  }

  func process(_ input: RowBuffer, last: Bool) -> RowBuffer {
    for row in 0..<input.end { input.withRow(row) { moments.add($0) } }
    rows.append(input)
    var output = RowBuffer(width: outputWidth)
    if !last || rows.isEmpty { return output }
    let standardization = moments.standardization(
      count: rows.end, dividesByDeviation: dividesByDeviation,
      varianceFloor: Self.varianceFloor)
    // In place: an hour of rows need not be there twice.
    swap(&output, &rows)
    output.changeRows { standardization.apply($0, $0) }
    return output
  }
}
