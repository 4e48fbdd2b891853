import Synchronization

/// A switch that stops long work from outside, whoever throws it: Ctrl-C, a closed window, a test.
///
/// Work calls ``check()`` between steps that leave everything consistent.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Makes a switch that is not thrown.
  public init() {}

  /// Asks the work to stop at its next step. Safe in a signal handler: it only sets a flag.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether the work was asked to stop.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// - Throws: `CancellationError` once ``cancel()`` was called.
  public func check() throws {
    if isCancelled { throw CancellationError() }
  }
}
