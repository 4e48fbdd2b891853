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

    /// Whether the processor multiplies bfloat16 itself. Without AVX-512 the library refuses such
    /// operands; with it alone, it computes slower by them than in single precision.
    var hasBfloat16: Bool {
      let wanted = dnnl_cpu_isa_avx512_core_bf16.rawValue
      return calls.dnnl_get_effective_cpu_isa().rawValue & wanted == wanted
    }

    /// How numbers lie in memory; nil where the library knows no such layout.
    func description(
      _ lengths: [Int], _ type: dnnl_data_type_t, _ layout: dnnl_format_tag_t
    ) -> dnnl_memory_desc_t? {
      var description = dnnl_memory_desc_t()
      var lengths = lengths.map(Int64.init)
      return calls.dnnl_memory_desc_init_by_tag(
        &description, Int32(lengths.count), &lengths, type, layout) == dnnl_success
        ? description : nil
    }

    /// The same with a step for each axis.
    func description(
      _ lengths: [Int], steps: [Int], _ type: dnnl_data_type_t
    ) -> dnnl_memory_desc_t? {
      var description = dnnl_memory_desc_t()
      var (lengths, steps) = (lengths.map(Int64.init), steps.map(Int64.init))
      return calls.dnnl_memory_desc_init_by_strides(
        &description, Int32(lengths.count), &lengths, type, &steps) == dnnl_success
        ? description : nil
    }

    /// A place for numbers, without a buffer of its own: every run brings its own.
    func memory(_ description: UnsafePointer<dnnl_memory_desc_t>) -> dnnl_memory_t? {
      var memory: dnnl_memory_t?
      _ = calls.dnnl_memory_create(&memory, description, engine, nil)
      return memory
    }
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
