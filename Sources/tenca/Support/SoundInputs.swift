internal import TencaRecognition

/// A sound file named on the command line, or found in a folder named there.
struct SoundInput: Sendable {
  /// Where it is; `-` for standard input.
  let path: String
  /// Its path below the folder that it was found in, or its file name: the place of its results.
  let relativePath: String

  /// The files behind `arguments`: files as they are, folders searched for sounds.
  ///
  /// - Throws: ``RecognitionError/noSounds(path:)``. A file that is missing is not noticed here: it
  ///   fails when its turn comes, and the others go on.
  static func expand(_ arguments: [String]) throws -> [SoundInput] {
    try arguments.flatMap { argument in
      if argument != "-" && SoundFiles.isFolder(argument) {
        let folder = argument.hasSuffix("/") ? String(argument.dropLast()) : argument
        return try SoundFiles.find(in: folder).map {
          SoundInput(path: "\(folder)/\($0)", relativePath: $0)
        }
      }
      let name = argument == "-" ? "stdin" : argument.split(separator: "/").last.map(String.init)
      return [SoundInput(path: argument, relativePath: name ?? argument)]
    }
  }
}
