internal import COneDNN
import Synchronization

/// Matrix products of bfloat16 operands with single sums, compiled by oneDNN for their sizes.
private final class CompiledProduct: @unchecked Sendable {
  /// As many products beside each other, each op(A)·op(B) of m × k and k × n.
  struct Sizes: Hashable {
    let count: Int
    let m: Int
    let n: Int
    let k: Int
    let transposeA: Bool
    let transposeB: Bool
    let threads: Int
  }

  let library: OneDNN.Library
  let primitive: dnnl_primitive_t
  let operands: [dnnl_memory_t]

  init?(_ sizes: Sizes, _ library: OneDNN.Library) {
    let calls = library.calls
    let (count, m, n, k) = (sizes.count, sizes.m, sizes.n, sizes.k)
    guard
      var a = library.description(
        [count, m, k], steps: [m * k] + (sizes.transposeA ? [1, m] : [k, 1]), dnnl_bf16),
      var b = library.description(
        [count, k, n], steps: [k * n] + (sizes.transposeB ? [1, k] : [n, 1]), dnnl_bf16),
      var c = library.description([count, m, n], steps: [m * n, n, 1], dnnl_f32)
    else { return nil }
    var description = dnnl_matmul_desc_t()
    var compiled: dnnl_primitive_desc_t?
    guard calls.dnnl_matmul_desc_init(&description, &a, &b, nil, &c) == dnnl_success,
      calls.dnnl_primitive_desc_create(&compiled, &description, nil, library.engine, nil)
        == dnnl_success
    else { return nil }
    defer { _ = calls.dnnl_primitive_desc_destroy(compiled) }
    var primitive: dnnl_primitive_t?
    guard calls.dnnl_primitive_create(&primitive, compiled) == dnnl_success, let primitive,
      let memoryA = library.memory(&a), let memoryB = library.memory(&b),
      let memoryC = library.memory(&c)
    else { return nil }
    self.library = library
    self.primitive = primitive
    operands = [memoryA, memoryB, memoryC]
  }

  func run(_ buffers: [UnsafeMutableRawPointer]) {
    for (memory, buffer) in zip(operands, buffers) {
      _ = library.calls.dnnl_memory_set_data_handle(memory, buffer)
    }
    let arguments = zip([1, 33, 17], operands).map { dnnl_exec_arg_t(arg: $0, memory: $1) }
    let status = library.calls.dnnl_primitive_execute(
      primitive, library.stream, Int32(arguments.count), arguments)
    precondition(status == dnnl_success, "oneDNN refused to run a product: \(status)")
  }

  /// Those compiled so far. The lock guards each run too: memories are set anew every time.
  static let cache = Mutex<[Sizes: CompiledProduct?]>([:])
}

extension OneDNN {
  /// C = op(A)·op(B), many beside each other, of operands rounded to bfloat16; false where the processor
  /// has no such arithmetic.
  static func multiplyBfloat16(
    _ transposeA: Bool, _ transposeB: Bool, count: Int, _ m: Int, _ n: Int, _ k: Int, _ a: Tensor,
    _ b: Tensor, _ c: Tensor
  ) -> Bool {
    guard let library, library.hasBfloat16, c.count > 0, k > 0 else { return false }
    let sizes = CompiledProduct.Sizes(
      count: count, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB,
      threads: NetworkThreads.count)
    let operands = [a.asBfloat16(), b.asBfloat16(), c.storage]
    return CompiledProduct.cache.withLock { cache in
      if cache[sizes] == nil { cache[sizes] = .some(CompiledProduct(sizes, library)) }
      guard let found = cache[sizes], let product = found else { return false }
      withExtendedLifetime(operands) { product.run(operands.map(\.pointer)) }
      OperationCount.add(multiplications: count * m * n * k)
      return true
    }
  }
}
