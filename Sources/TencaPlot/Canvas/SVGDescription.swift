/// The SVG file `bytes` with a `<title>`, and a `<desc>` that holds the picture's words.
///
/// The drawing library turns letters into outlines, so that a picture looks the same everywhere;
/// without these elements neither a screen reader nor a search would find the words.
func describingSVG(_ bytes: [UInt8], title: String?, words: [String]) -> [UInt8] {
  let opening = Array("<svg".utf8)
  let starts = bytes.indices.dropLast(opening.count)
  guard let start = starts.first(where: { bytes[$0...].starts(with: opening) }),
    let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
  else { return bytes }
  var description = ""
  if let title { description += "\n<title>\(escapedForXML(title))</title>" }
  description += "\n<desc>\(escapedForXML(words.joined(separator: "\n")))</desc>"
  return bytes[...end] + Array(description.utf8) + bytes[(end + 1)...]
}

private func escapedForXML(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    default: result.append(character)
    }
  }
  return result
}
