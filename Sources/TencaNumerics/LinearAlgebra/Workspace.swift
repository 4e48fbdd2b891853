/// Calls a LAPACK routine twice: with counts of -1, when it only says how much working memory it
/// wants, and with that memory.
///
/// - Parameters:
///   - integers: The integers that the routine needs, where it does not say so itself.
///   - routine: Receives numbers, their count, integers, their count.
func withWorkspace<Scalar: NumericScalar>(
  integers: Int = 1,
  _ routine: (
    _ work: UnsafeMutablePointer<Scalar>, _ workCount: Int32,
    _ integers: UnsafeMutablePointer<Int32>, _ integerCount: Int32
  ) -> Void
) {
  var wantedNumbers: Scalar = 0
  var wantedIntegers: Int32 = 0
  routine(&wantedNumbers, -1, &wantedIntegers, -1)
  // A count above 2²⁴ in single precision may have been rounded down.
  let numberCount = max(1, Int(wantedNumbers.nextUp.rounded(.up)))
  let integerCount = max(integers, Int(wantedIntegers))
  withUnsafeTemporaryAllocation(of: Scalar.self, capacity: numberCount) { work in
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: integerCount) { whole in
      routine(
        work.baseAddress!, Int32(numberCount), whole.baseAddress!, Int32(integerCount))
    }
  }
}
