public import TencaMixture
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

extension RowClassifier {
  /// Learns from rows whose classes are known.
  ///
  /// - Parameters:
  ///   - rows: At least two classes.
  ///   - labelColumn: The name of the column of classes, for later.
  ///   - options: How each class's mixture is fitted; a class with fewer rows than components gets
  ///     as many components as rows, which is reported.
  ///   - priors: What is believed of a row before it is seen.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: ``RecognitionError/tooFewClasses(labels:)``, `MixtureError`, `CancellationError`.
  /// - Complexity: That of one fit a class.
  public static func train(
    _ rows: LabelledRows, labelColumn: String, options: GaussianMixtureOptions,
    priors: ClassifierOptions.Priors = .empirical, execution: Execution = .serial
  ) throws -> RowClassifier {
    let labels = rows.classes
    guard labels.count >= 2 else { throw RecognitionError.tooFewClasses(labels: labels) }
    var mixtures: [GaussianMixture] = []
    var record = Record(
      source: rows.source, rows: [], logLikelihoods: [], seed: options.seed, warnings: [])
    for label in labels {
      let own = rows.labels.indices.filter { rows.labels[$0] == label }
      var options = options
      if own.count < options.components {
        record.warnings.append(
          "class '\(label)': \(own.count) rows are too few for \(options.components) components")
        options.components = own.count
      }
      let fit = try GaussianMixture.fit(
        rows.subset(own).values, options: options, execution: execution)
      mixtures.append(fit.model)
      record.rows.append(own.count)
      record.logLikelihoods.append(fit.logLikelihood)
      record.warnings += fit.warnings.map { "class '\(label)': \($0)" }
    }
    let total = Double(rows.labels.count)
    return RowClassifier(
      columns: rows.columns, labelColumn: labelColumn, labels: labels, mixtures: mixtures,
      logPriors: record.rows.map {
        priors == .uniform ? -log(Double(labels.count)) : log(Double($0) / total)
      }, training: record)
  }
}
