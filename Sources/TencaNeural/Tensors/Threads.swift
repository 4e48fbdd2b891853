import Dispatch
internal import Foundation
import Synchronization

/// On how many threads the loops of tensors run.
public enum NetworkThreads {
  private static let setting = Atomic<Int>(ProcessInfo.processInfo.activeProcessorCount)

  /// The number of threads, at least 1; at first as many as there are cores.
  ///
  /// One number of threads gives one result, to the bit. Another number may change last digits: oneDNN
  /// splits the sums of a weight's gradient by threads.
  public static var count: Int {
    get { setting.load(ordering: .relaxed) }
    set {
      precondition(newValue >= 1, "networks need at least one thread, not \(newValue)")
      setting.store(newValue, ordering: .relaxed)
      OneDNN.setThreads(newValue)
    }
  }
}

/// Calls `body` for the parts of `0..<count`, on several threads where that is worth waking them.
///
/// - Parameter cost: About how many simple operations one index takes.
func forEachPart(of count: Int, cost: Int = 1, _ body: (Range<Int>) -> Void) {
  // Waking a thread takes as long as some ten thousand simple operations.
  let parts = min(NetworkThreads.count, count * cost / 65536, count)
  guard parts > 1 else { return body(0..<count) }
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      body(count * part / parts..<count * (part + 1) / parts)
    }
  }
}
