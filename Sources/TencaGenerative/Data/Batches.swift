/// Ranges that part `count` examples, in order, into batches that networks look at together.
///
/// - Parameter size: The examples of each but the last, which may have fewer.
public func batches(of count: Int, size: Int = 500) -> [Range<Int>] {
  stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
}
