internal import TencaMixture
internal import TencaNumerics

/// The standard deviation of every column over the cells that are there; of a column with a single
/// value its size, of one of zeros 1.
func columnSpreads(of data: any RowSource, execution: Execution) throws -> [Double] {
  let moments = try RowMoments.all(
    of: data, rowWeights: nil, withProducts: false, missing: .marginalized, execution: execution)
  return zip(moments.variances, moments.means).map { variance, mean in
    variance > 0 ? variance.squareRoot() : mean == 0 ? 1 : abs(mean)
  }
}
