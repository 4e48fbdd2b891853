import FoundationEssentials

/// The JSON object at the head of a safetensors file: one entry for each tensor, and the metadata.
struct SafeTensorsHeader: Codable {
  var tensors: [String: Tensor] = [:]
  var metadata: [String: String] = [:]

  /// What the header says of one tensor.
  struct Tensor: Codable {
    var dtype: String
    var shape: [Int]
    /// Where the tensor starts and ends, counted from the end of the header.
    var offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  /// A tensor's name: keys are not known beforehand.
  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  static let metadataKey = "__metadata__"

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for key in container.allKeys {
      if key.stringValue == Self.metadataKey {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        tensors[key.stringValue] = try container.decode(Tensor.self, forKey: key)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    if !metadata.isEmpty {
      try container.encode(metadata, forKey: Name(stringValue: Self.metadataKey))
    }
    for (name, tensor) in tensors {
      try container.encode(tensor, forKey: Name(stringValue: name))
    }
  }
}

extension SafeTensorsHeader {
  /// The header that `text` says, which starts at byte 8 of the file at `path`.
  init(json text: UnsafeRawBufferPointer, path: String) throws {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(text))
    } catch let error as DecodingError {
      throw FormatError.damaged(path: path, byte: 8, problem: "header: \(Self.problem(in: error))")
    }
  }

  private static func problem(in error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context)) has no '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(place(context)) is of the wrong type"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "not valid JSON" : "\(place(context)) has no valid value"
    @unknown default: "not valid JSON"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    context.codingPath.isEmpty
      ? "the top level" : "'" + context.codingPath.map(\.stringValue).joined(separator: ".") + "'"
  }
}
