/// The LAPACK routines of one precision, under their names without the precision letter.
///
/// They see matrices column by column: a row-major matrix is its own transpose to them.
public struct LAPACKRoutines<Scalar> {
  typealias Letter = UnsafePointer<CChar>?
  typealias Size = UnsafePointer<Int32>?
  typealias Input = UnsafePointer<Scalar>?
  typealias Numbers = UnsafeMutablePointer<Scalar>?
  typealias Integers = UnsafeMutablePointer<Int32>?

  let potrf: (_ uplo: Letter, _ n: Size, _ a: Numbers, _ lda: Size, _ info: Integers) -> Void
  let potri: (_ uplo: Letter, _ n: Size, _ a: Numbers, _ lda: Size, _ info: Integers) -> Void
  let getrf:
    (_ m: Size, _ n: Size, _ a: Numbers, _ lda: Size, _ ipiv: Integers, _ info: Integers) -> Void
  let getrs:
    (
      _ trans: Letter, _ n: Size, _ nrhs: Size, _ a: Input, _ lda: Size, _ ipiv: Size,
      _ b: Numbers, _ ldb: Size, _ info: Integers
    ) -> Void
  let syevd:
    (
      _ jobz: Letter, _ uplo: Letter, _ n: Size, _ a: Numbers, _ lda: Size, _ w: Numbers,
      _ work: Numbers, _ lwork: Size, _ iwork: Integers, _ liwork: Size, _ info: Integers
    ) -> Void
  let gesdd:
    (
      _ jobz: Letter, _ m: Size, _ n: Size, _ a: Numbers, _ lda: Size, _ s: Numbers, _ u: Numbers,
      _ ldu: Size, _ vt: Numbers, _ ldvt: Size, _ work: Numbers, _ lwork: Size,
      _ iwork: Integers, _ info: Integers
    ) -> Void
  let gelsd:
    (
      _ m: Size, _ n: Size, _ nrhs: Size, _ a: Numbers, _ lda: Size, _ b: Numbers, _ ldb: Size,
      _ s: Numbers, _ rcond: Input, _ rank: Integers, _ work: Numbers, _ lwork: Size,
      _ iwork: Integers, _ info: Integers
    ) -> Void
}
