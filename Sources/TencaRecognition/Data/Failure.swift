public import TencaNumerics

/// A recording that could not be used, and why.
public struct Failure: Sendable, Equatable {
  /// Its name in the batch.
  public let name: String
  /// What was wrong and what to do, in words.
  public let message: String

  /// Makes a failure of an error.
  public init(name: String, _ error: any Error) {
    self.name = name
    message = "\(error)"
  }
}

extension Execution {
  /// Tries `body` for every index below `count`, several at a time. A failure is a result as any
  /// other, so that one bad file does not stop a batch; only an interruption does.
  ///
  /// - Parameters:
  ///   - count: The number of things to do.
  ///   - counter: Told of each one that is done.
  ///   - body: Does one of them.
  /// - Throws: `CancellationError`.
  public func attempt<Output: Sendable>(
    _ count: Int, _ counter: ProgressCounter?, _ body: @Sendable (Int) throws -> Output
  ) throws -> [Result<Output, any Error>] {
    try map(count) { index in
      defer { counter?.advance() }
      let result = Result { try body(index) }
      // What fails while everything is being stopped failed for that reason.
      if case .failure = result { try cancellation.check() }
      return result
    }
  }
}
