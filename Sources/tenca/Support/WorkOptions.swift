import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaNumerics

/// Options of every command that works: how many threads, how many words.
struct WorkOptions: ParsableArguments {
  @Option(
    help: """
      Threads to use. The results are the same for any number, but for last digits of networks. \
      Default: all cores.
      """)
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Say nothing but errors; no progress bars.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): give a number from 1 to 1024.")
    }
  }

  /// The log of this run.
  var logger: Logger { Console.logger(quiet: quiet) }

  /// Runs `body` with Ctrl-C and progress attached.
  ///
  /// - Throws: What `body` throws; an interruption becomes exit status 130.
  func run<Result>(_ body: (Execution) throws -> Result) throws -> Result {
    Interruption.install()
    let bar = ProgressBar()
    let shows = !quiet && Console.isTerminal
    let execution = Execution(
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
      cancellation: Interruption.cancellation,
      progress: { if shows { bar.report($0) } })
    defer { Console.clearStatus() }
    do {
      return try body(execution)
    } catch  where execution.cancellation.isCancelled {
      Console.say("Interrupted: finished files are kept, and none is half-written.")
      throw ExitCode(Interruption.exitStatus)
    }
  }
}
