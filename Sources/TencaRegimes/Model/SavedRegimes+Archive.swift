internal import TencaMarkov
public import TencaNumerics

extension SavedRegimes {
  private struct Header: Codable {
    var specification: RegimeSpecification
    var layout: RegimeLayout
    var record: Record
    /// What durations are like, by regime.
    var durations: [String]?
  }

  /// What is saved: arrays of the model, and as metadata the kind, the format and a JSON object.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    let emission = model.emission
    archive.arrays["intercepts"] = .double(emission.intercepts)
    archive.arrays["slopes"] = .double(emission.slopes)
    archive.arrays["covariances"] = .double(emission.covariances)
    if let loadings = emission.loadings { archive.arrays["loadings"] = .double(loadings) }
    archive.arrays["shape"] = .double(NDArray(emission.shape))
    archive.arrays["centers"] = .double(NDArray(emission.centers))
    archive.arrays["spreads"] = .double(NDArray(emission.spreads))
    var durations: [String]?
    switch model.dynamics {
    case .chain(let chain):
      archive.arrays["initial"] = .double(NDArray(chain.initial))
      archive.arrays["transition"] = .double(chain.transition.matrix)
    case .law(let initial, let law):
      archive.arrays["initial"] = .double(NDArray(initial))
      if case .logistic(let steps) = law {
        archive.arrays["stepIntercepts"] = .double(steps.intercepts)
        archive.arrays["stepSlopes"] = .double(steps.slopes)
      }
    case .durations(let chain):
      archive.arrays["initial"] = .double(NDArray(chain.initial))
      archive.arrays["transition"] = .double(chain.transition)
      durations = chain.durations.map(\.archived.kind)
      for (regime, duration) in chain.durations.enumerated() {
        archive.arrays["duration.\(regime)"] = .double(NDArray(duration.archived.parameters))
      }
    }
    try archive.describe(
      Header(
        specification: model.specification, layout: emission.layout, record: record,
        durations: durations),
      kind: Self.archiveKind, format: Self.archiveFormat)
    return archive
  }

  /// Makes a model of a saved one.
  ///
  /// - Throws: ``RegimesError/damagedModel(reason:)`` saying what is missing, inconsistent or too new.
  public init(archive: Archive) throws {
    func numbers(_ name: String) throws -> NDArray<Double> {
      guard let array = archive.arrays[name] else {
        throw RegimesError.damagedModel(reason: "'\(name)' is missing")
      }
      return array.asDouble
    }
    do {
      let header: Header = try archive.description(
        kind: Self.archiveKind, newest: Self.archiveFormat)
      let shape = try numbers("shape").elements
      let checked = try RegimeEmission(
        header.layout, intercepts: numbers("intercepts"), slopes: numbers("slopes"),
        covariances: numbers("covariances"),
        loadings: header.layout.factors == nil ? nil : numbers("loadings"), shape: shape)
      let (centers, spreads) = (
        try numbers("centers").elements, try numbers("spreads").elements
      )
      let columns = header.layout.series + header.layout.regressors
      guard centers.count == columns, spreads.count == columns, spreads.allSatisfy({ $0 > 0 })
      else { throw RegimesError.damagedModel(reason: "'centers' or 'spreads' do not fit") }
      let emission = RegimeEmission(
        header.layout, checked.intercepts, checked.slopes, checked.covariances, shape,
        loadings: checked.loadings, centers: centers, spreads: spreads)
      let initial = try numbers("initial").elements
      let dynamics: RegimeModel.Dynamics
      if archive.arrays["stepIntercepts"] != nil {
        dynamics = .law(
          initial: initial,
          .logistic(
            try LogisticTransitions(
              intercepts: numbers("stepIntercepts"), slopes: numbers("stepSlopes"))))
      } else if let names = header.durations {
        dynamics = .durations(
          try SemiMarkovChain(
            initial: initial, transition: numbers("transition"),
            durations: names.enumerated().map { regime, name in
              guard
                let duration = DurationDistribution(
                  named: name, parameters: try numbers("duration.\(regime)").elements)
              else {
                throw RegimesError.damagedModel(reason: "'duration.\(regime)' is no duration")
              }
              return duration
            }))
      } else {
        dynamics = .chain(
          try MarkovChain(
            initial: initial, transition: TransitionMatrix(numbers("transition"))))
      }
      guard initial.count == header.layout.regimes,
        header.record.labels.count == header.layout.regimes,
        header.record.lastLevels.count == header.layout.series,
        header.record.filtered.isEmpty || header.record.filtered.count == header.layout.states
      else { throw RegimesError.damagedModel(reason: "its parts are of different sizes") }
      self.init(RegimeModel(header.specification, dynamics, emission), header.record)
    } catch let error as MarkovError {
      throw RegimesError.damagedModel(reason: error.description)
    } catch let error as ArchiveDescriptionError {
      throw RegimesError.damagedModel(reason: error.description)
    }
  }
}
