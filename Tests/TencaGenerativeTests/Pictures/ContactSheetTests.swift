import TencaFormats
import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Contact sheet")
struct ContactSheetTests {
  @Test("Grey pictures in rows, with gaps, and a last row that ends early")
  func grey() throws {
    // Three pictures of 1 × 2.
    let images = NDArray<Float>([0, 1, 0.2, 0.4, 0.6, 0.8], shape: [3, 1, 2, 1])
    let sheet = try ContactSheet(columns: 2, gap: 1, background: 7).picture(of: images)
    #expect(
      sheet
        == Picture(
          width: 5, height: 3, layout: .grey,
          samples: [
            0, 255, 7, 51, 102,
            7, 7, 7, 7, 7,
            153, 204, 7, 7, 7,
          ]))
  }

  @Test("Enlarged colour: every pixel a square, and numbers beyond 0...1 at the ends")
  func colour() throws {
    let images = NDArray<Float>([0, 0.5, 2, 1, -3, 0], shape: [1, 1, 2, 3])
    let sheet = try ContactSheet(enlargement: 2).picture(of: images)
    let row: [UInt8] = [0, 128, 255, 0, 128, 255, 255, 0, 0, 255, 0, 0]
    #expect(sheet == Picture(width: 4, height: 2, layout: .rgb, samples: row + row))
  }

  @Test("As wide as high by itself, and no wider than there are pictures")
  func columns() throws {
    for (count, width, height) in [(1, 1, 1), (2, 2, 1), (5, 3, 2), (9, 3, 3), (10, 4, 3)] {
      let images = NDArray<Float>(zeros: [count, 1, 1, 1])
      let sheet = try ContactSheet(gap: 0).picture(of: images)
      #expect(sheet.width == width && sheet.height == height, "\(count) pictures")
    }
    let images = NDArray<Float>(zeros: [2, 1, 1, 1])
    #expect(try ContactSheet(columns: 9, gap: 0).picture(of: images).width == 2)
  }

  @Test("A film strip has a row a picture and a column a step")
  func filmStrip() throws {
    let steps = [0, 0.2, 0.4].map { (start: Float) in
      NDArray<Float>([start, start + 0.6], shape: [2, 1, 1, 1])
    }
    let strip = try ContactSheet(columns: 1, gap: 0).filmStrip(of: steps)
    #expect(
      strip
        == Picture(
          width: 3, height: 2, layout: .grey, samples: [0, 51, 102, 153, 204, 255]))
  }

  @Test("What cannot be laid out is refused")
  func refused() throws {
    let sheet = try ContactSheet()
    for shape in [[4, 4], [0, 2, 2, 1], [1, 2, 2, 2], [1, 0, 2, 1]] {
      #expect(throws: GenerativeError.self, "\(shape)") {
        try sheet.picture(of: NDArray(zeros: shape))
      }
    }
    #expect(throws: GenerativeError.self) { try sheet.filmStrip(of: []) }
    #expect(throws: GenerativeError.self) {
      try sheet.filmStrip(of: [NDArray(zeros: [1, 2, 2, 1]), NDArray(zeros: [2, 2, 2, 1])])
    }
    var bad = NDArray<Float>(zeros: [2, 2, 2, 1])
    bad[[1, 1, 0, 0]] = .nan
    #expect(
      throws: GenerativeError.featureNotFinite(
        set: "pictures of a contact sheet", sample: 1, feature: 2, value: "nan")
    ) { try sheet.picture(of: bad) }
    #expect(throws: GenerativeError.self) { try ContactSheet(columns: 0) }
    #expect(throws: GenerativeError.self) { try ContactSheet(gap: -1) }
    #expect(throws: GenerativeError.self) { try ContactSheet(enlargement: 0) }
    #expect(throws: GenerativeError.self) {
      try ContactSheet(enlargement: 1000).picture(of: NDArray(zeros: [20, 3, 3, 1]))
    }
  }
}
