/// How a piece of work is carried out: on how many threads, who hears of its progress, and who may
/// stop it.
///
/// One value is handed from the command line down to the innermost loop. It changes how fast an
/// answer comes, never the answer: every reduction has a fixed order (see ``reduce(count:block:_:)``).
public struct Execution: Sendable {
  /// The number of threads that work is spread over, at least 1.
  public var threads: Int
  /// The switch that stops the work.
  public var cancellation: Cancellation
  /// Called as work proceeds, from any thread; the receiver decides what to show.
  public var progress: @Sendable (Progress) -> Void

  /// How far a piece of work has come.
  public struct Progress: Sendable, Equatable {
    /// What is being done, in words: "reading", "EM iteration".
    public var task: String
    /// The steps done.
    public var completed: Int
    /// All steps, where known.
    public var total: Int?

    /// Makes a report of `completed` steps out of `total`.
    public init(task: String, completed: Int, total: Int?) {
      self.task = task
      self.completed = completed
      self.total = total
    }
  }

  /// Makes a way of working.
  ///
  /// - Parameters:
  ///   - threads: How many threads to use; by default one.
  ///   - cancellation: The switch that stops the work.
  ///   - progress: Told of every step; by default nobody is.
  public init(
    threads: Int = 1, cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    precondition(threads >= 1, "work needs at least one thread, not \(threads)")
    self.threads = threads
    self.cancellation = cancellation
    self.progress = progress
  }

  /// One thread, no reports.
  public static var serial: Execution { Execution() }
}
