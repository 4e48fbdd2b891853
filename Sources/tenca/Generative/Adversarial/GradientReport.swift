internal import TencaFormats
internal import TencaGenerative
internal import TencaPlot

/// How the generator's gradient shrinks while discriminators learn.
struct GradientReport: TableReport {
  let courses: [GradientExperiment.Course]

  /// The first and the last of every course.
  var text: String {
    var table = TextTable([
      ("loss", .left), ("gradient at first", .right), ("at last", .right), ("told right", .right),
    ])
    for course in courses {
      table.add([
        course.loss.rawValue, scientific(course.gradient.first ?? 0),
        scientific(course.gradient.last ?? 0),
        "\(((course.accuracy.last ?? 0) * 100).formatted(decimals: 1))%",
      ])
    }
    return table.text
  }

  func csv() throws -> String {
    try CSVWriter.encode(columns: ["loss", "step", "gradient", "accuracy"]) { writer in
      for course in courses {
        for (index, step) in course.steps.enumerated() {
          try writer.append([
            course.loss.rawValue, "\(step)", "\(course.gradient[index])",
            "\(course.accuracy[index])",
          ])
        }
      }
    }
  }

  private func scientific(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded > 0 ? "\(rounded)" : "\(Float(value))"
  }

  /// Gradients over the discriminator's steps, on a logarithmic scale.
  static func chart(
    _ courses: [GradientExperiment.Course], _ points: ToyDistribution
  ) -> LineChart {
    LineChart(
      courses.map { course in
        Series(
          course.loss.rawValue, x: course.steps.map(Double.init),
          y: course.gradient.map { max($0, 1e-12) })
      },
      title: "The generator's gradient while a discriminator learns to tell \(points.rawValue)",
      xAxis: Axis("steps of the discriminator; the generator stands still"),
      yAxis: Axis("length of the gradient", kind: .logarithmic))
  }
}
