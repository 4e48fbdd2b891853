import TencaNumerics
import TencaText
import Testing

@Suite struct TextClusteringTests {
  private static let topics = [
    "goal puck skate goalie rink stick team period",
    "orbit rocket launch moon probe shuttle crater satellite",
    "engine brake tyre gearbox clutch wheel fuel sedan",
  ].map { $0.split(separator: " ").map(String.init) }

  /// Sixty texts of eight words from their topic and four from anywhere, the first topic twice as
  /// often as the others.
  private static let labelled: [(topic: Int, text: String)] = {
    var random = RandomStream(seed: 12)
    let filler = (0..<30).map { "filler\($0)" }
    return (0..<60).map { index in
      let topic = [0, 1, 0, 2][index % 4]
      let own = (0..<8).map { _ in topics[topic][random.integer(below: 8)] }
      let others = (0..<4).map { _ in filler[random.integer(below: 30)] }
      return (topic, (own + others).joined(separator: " "))
    }
  }()

  @Test(arguments: TextClusteringOptions.Method.allCases)
  func findsTopics(method: TextClusteringOptions.Method) throws {
    let clustering = try TextClustering(
      of: Self.labelled.map(\.text),
      options: TextClusteringOptions(clusters: 3, method: method, dimensions: 4))
    #expect(clustering.clusters.map(\.documents) == [30, 15, 15])
    #expect(clustering.labels.count == 60)
    // Each topic is one cluster, and the largest the first.
    for topic in 0..<3 {
      let found = zip(Self.labelled, clustering.labels).filter { $0.0.topic == topic }.map(\.1)
      #expect(Set(found).count == 1)
      let top = clustering.clusters[found[0]].topTerms.prefix(8).map(\.term)
      #expect(Set(top) == Set(Self.topics[topic]))
      let weights = clustering.clusters[found[0]].topTerms.map(\.weight)
      #expect(weights == weights.sorted(by: >) && weights.allSatisfy { $0 > 0 })
    }
    #expect(clustering.labels[0] == 0)
    #expect(clustering.documentsWithoutTerms.isEmpty)
    #expect(clustering.coordinates.shape == [60, 4])
    for row in 0..<60 {
      let length = clustering.coordinates.row(row).elements.reduce(0) { $0 + $1 * $1 }
      #expect(abs(length - 1) < 1e-12)
    }
    switch method {
    case .kMeans: #expect(clustering.probabilities == nil)
    case .mixture:
      let probabilities = try #require(clustering.probabilities)
      #expect(probabilities.allSatisfy { $0 > 0.3 && $0 <= 1.000001 })
    }
  }

  @Test(arguments: TextClusteringOptions.Method.allCases)
  func seedAndThreadsDecideNothingElse(method: TextClusteringOptions.Method) throws {
    let texts = Self.labelled.map(\.text)
    let options = TextClusteringOptions(clusters: 4, method: method, dimensions: 6, seed: 3)
    let one = try TextClustering(of: texts, options: options)
    let four = try TextClustering(of: texts, options: options, execution: Execution(threads: 4))
    #expect(one.labels == four.labels && one.clusters == four.clusters)
    #expect(one.coordinates == four.coordinates)
  }

  @Test func namesDocumentsWithoutTerms() throws {
    var texts = Self.labelled.map(\.text)
    texts[7] = ""
    texts[20] = "the and of"
    let clustering = try TextClustering(
      of: texts, options: TextClusteringOptions(clusters: 3, dimensions: 4))
    #expect(clustering.documentsWithoutTerms == [7, 20])
    #expect(clustering.labels.count == 60)
    #expect(clustering.coordinates.row(7).elements.allSatisfy { $0 == 0 })
  }

  @Test func copesWithMoreClustersThanDocuments() throws {
    let clustering = try TextClustering(
      of: ["red apple", "red apple", "green pear", "green pear"],
      options: TextClusteringOptions(clusters: 5, dimensions: 10))
    #expect(clustering.clusters.map(\.documents) == [2, 2])
    #expect(clustering.labels == [0, 0, 1, 1])
    #expect(!clustering.warnings.isEmpty)
  }

  @Test func refusesOptionsOutOfRange() {
    for options in [
      TextClusteringOptions(clusters: 0), TextClusteringOptions(clusters: 2, dimensions: 0),
      TextClusteringOptions(clusters: 2, restarts: 0),
    ] {
      #expect(throws: TextError.self) {
        try TextClustering(of: ["red apple", "red apple"], options: options)
      }
    }
  }
}
