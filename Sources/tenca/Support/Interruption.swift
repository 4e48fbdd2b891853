internal import Synchronization
internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Ctrl-C: the work stops at its next step and leaves nothing half-written; a second one ends the
/// program at once.
enum Interruption {
  /// The switch that Ctrl-C throws.
  static let cancellation = Cancellation()
  /// The number of the signal that came; 0 for none.
  private static let received = Atomic<Int32>(0)

  /// What a shell calls a program that a signal ended: 130 after Ctrl-C.
  static var exitStatus: Int32 { 128 + received.load(ordering: .relaxed) }

  /// Starts to listen for Ctrl-C and for a polite request to end.
  static func install() {
    // Made before the handler may run: a handler must not allocate.
    _ = (cancellation, received.load(ordering: .relaxed))
    var action = sigaction()
    // Not SA_RESTART, so that waiting for standard input ends too.
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    action.__sigaction_handler.sa_handler = { number in
      Interruption.received.store(number, ordering: .relaxed)
      Interruption.cancellation.cancel()
    }
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
    // A reader that goes away and a file that grows too large are noticed where the writing is done.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
