import Synchronization

/// Counts finished steps from several threads and reports them.
public final class ProgressCounter: Sendable {
  private let execution: Execution
  private let task: String
  private let total: Int?
  private let completed = Atomic<Int>(0)

  /// Makes a counter that reports to `execution`.
  public init(_ execution: Execution, task: String, total: Int?) {
    self.execution = execution
    self.task = task
    self.total = total
  }

  /// Counts `steps` more steps as done and reports the sum.
  public func advance(by steps: Int = 1) {
    let sum = completed.wrappingAdd(steps, ordering: .relaxed).newValue
    execution.progress(Execution.Progress(task: task, completed: sum, total: total))
  }
}
