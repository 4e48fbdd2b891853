internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Ctrl-C: the work stops at its next step and leaves nothing half-written; a second one ends the
/// program at once.
enum Interruption {
  /// The switch that Ctrl-C throws.
  static let cancellation = Cancellation()

  /// Starts to listen for Ctrl-C and for a polite request to end.
  static func install() {
    // Made before the handler may run: a handler must not allocate.
    _ = cancellation
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.cancellation.cancel()
        signal(number, SIG_DFL)
      }
    }
    // A reader that goes away is noticed where the writing is done.
    signal(SIGPIPE, SIG_IGN)
  }
}
