/// A peer's options by its own names, which remembers those that nobody has read.
struct PeerOptions {
  private let values: [String: PeerValue]
  private(set) var unread: Set<String>

  init(_ values: [String: PeerValue]) {
    self.values = values
    unread = Set(values.keys)
  }

  /// The value of an option; nil when the case does not name it.
  mutating func value(_ name: String) -> PeerValue? {
    unread.remove(name)
    return values[name]
  }

  mutating func flag(_ name: String) -> Bool? {
    guard case .flag(let flag) = value(name) else { return nil }
    return flag
  }

  mutating func number(_ name: String) -> Double? {
    guard case .number(let number) = value(name) else { return nil }
    return number
  }

  mutating func integer(_ name: String) -> Int? { number(name).map { Int($0) } }

  mutating func text(_ name: String) -> String? {
    guard case .text(let text) = value(name) else { return nil }
    return text
  }
}

/// A value of an option in cases.json.
enum PeerValue: Decodable, Sendable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case numbers([Double])
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let numbers = try? container.decode([Double].self) {
      self = .numbers(numbers)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

/// Sets `target` where the peer's options name a value.
func set<Value>(_ target: inout Value, _ value: Value?) {
  if let value { target = value }
}
