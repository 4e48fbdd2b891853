/// ‖a - b‖² of two vectors of `count` numbers.
///
/// Four partial sums, since one alone waits for each addition before the next.
func squaredDistance(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int
) -> Double {
  let (rawA, rawB) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  let whole = count - count % 4
  var sums = SIMD4<Double>.zero
  for index in stride(from: 0, to: whole * MemoryLayout<Double>.stride, by: 32) {
    let difference =
      rawA.loadUnaligned(fromByteOffset: index, as: SIMD4<Double>.self)
      - rawB.loadUnaligned(fromByteOffset: index, as: SIMD4<Double>.self)
    sums += difference * difference
  }
  var sum = sums.sum()
  for index in whole..<count {
    let difference = a[index] - b[index]
    sum += difference * difference
  }
  return sum
}
