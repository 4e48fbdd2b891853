internal import Synchronization
internal import TencaNumerics

/// A bar on the terminal for work of more than a second, with the time that is left.
final class ProgressBar: Sendable {
  private struct State {
    var task = ""
    var started = ContinuousClock.now
    var drawn: ContinuousClock.Instant?
  }

  private let state = Mutex(State())

  /// Takes a report; draws at most ten times a second, and nothing in the first second of a task.
  func report(_ progress: Execution.Progress) {
    state.withLock { state in
      let now = ContinuousClock.now
      if state.task != progress.task {
        Console.clearStatus()
        state = State(task: progress.task, started: now)
      }
      let elapsed = now - state.started
      guard elapsed > .seconds(1) else { return }
      if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
      state.drawn = now
      Console.showStatus(Self.line(progress, elapsed: elapsed))
    }
  }

  private static func line(_ progress: Execution.Progress, elapsed: Duration) -> String {
    guard let total = progress.total, total > 0 else {
      return "\(progress.task) \(progress.completed)"
    }
    let share = min(Double(progress.completed) / Double(total), 1)
    let filled = Int(share * 30)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    let left = elapsed / .seconds(1) * (1 / max(share, 1e-6) - 1)
    return "\(progress.task) \(bar) \(progress.completed)/\(total)  \(Int(left.rounded())) s left"
  }
}
