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
  ///   - task: What is being done, for those who watch.
  ///   - body: Does one of them.
  /// - Throws: `CancellationError`.
  public func attempt<Output: Sendable>(
    _ count: Int, task: String, _ body: @Sendable (Int) throws -> Output
  ) throws -> [Result<Output, any Error>] {
    let counter = ProgressCounter(self, task: task, total: count)
    return try map(count) { index in
      defer { counter.advance() }
      let result = Result { try body(index) }
      // What fails while everything is being stopped failed for that reason.
      if case .failure = result { try cancellation.check() }
      return result
    }
  }
}
