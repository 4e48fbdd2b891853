/// Sufficient statistics: values that add.
///
/// An E-step makes one per block of data; merging them is the whole of parallel and distributed
/// learning. Merging is associative up to rounding, so code that must give the same bytes on any
/// number of threads merges in a fixed order, as ``Execution/reduce(count:block:_:)`` does.
public protocol Mergeable {
  /// Adds the statistics of `other` to these.
  mutating func merge(_ other: Self)
}
