internal import COneDNN
import Synchronization

/// oneDNN, loaded when it is first needed. All calls to it are made from this folder.
///
/// Where it cannot be loaded, everything it would do is done by plain loops and BLAS: slower, with the
/// same results up to rounding.
enum OneDNN {
  /// The library with one engine and one stream on the processor; nil where it cannot be had.
  struct Library: @unchecked Sendable {
    let calls: tenca_onednn
    let engine: dnnl_engine_t
    let stream: dnnl_stream_t
  }

  static let library: Library? = {
    var problem: UnsafePointer<CChar>?
    guard let calls = tenca_onednn_load(&problem)?.pointee else { return nil }
    var engine: dnnl_engine_t?
    var stream: dnnl_stream_t?
    calls.omp_set_num_threads(Int32(NetworkThreads.count))
    guard calls.dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success, let engine,
      calls.dnnl_stream_create(&stream, engine, UInt32(dnnl_stream_default_flags.rawValue))
        == dnnl_success, let stream
    else { return nil }
    isLoaded.store(true, ordering: .relaxed)
    return Library(calls: calls, engine: engine, stream: stream)
  }()

  /// Whether ``library`` was asked for and is there; asking does not load it.
  private static let isLoaded = Atomic<Bool>(false)

  /// Tells the library how many threads to use, if it is loaded; otherwise it is told when it is.
  static func setThreads(_ count: Int) {
    if isLoaded.load(ordering: .relaxed) { library?.calls.omp_set_num_threads(Int32(count)) }
  }

  /// C = op(A)·op(B); false where the library is not there or refuses.
  static func multiply(
    _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard let library else { return false }
    func flag(_ transposed: Bool) -> CChar {
      CChar(UInt8(ascii: transposed ? "T" : "N"))
    }
    return library.calls.dnnl_sgemm(
      flag(transposeA), flag(transposeB), Int64(m), Int64(n), Int64(k), 1, a,
      Int64(transposeA ? m : k), b, Int64(transposeB ? k : n), 0, c, Int64(n)) == dnnl_success
  }
}
