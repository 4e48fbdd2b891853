import ArgumentParser
internal import TencaRecognition

/// Lists what failed at the end of a batch, so that it is not lost among the results.
enum BatchFailures {
  /// Prints the failures and turns them into exit status 1.
  ///
  /// - Throws: `ExitCode(1)` when there is any failure.
  static func report(_ failures: [Failure], of total: Int) throws {
    if failures.isEmpty { return }
    Console.say("\(failures.count) of \(total) failed:")
    for failure in failures {
      // Most messages begin with the path that the failure is listed under.
      let isNamed = failure.message.contains(failure.name)
      Console.say("  " + (isNamed ? "" : "\(failure.name): ") + failure.message)
    }
    throw ExitCode(1)
  }
}
