import ArgumentParser
internal import TencaRecognition

/// The sound files behind the arguments of a command.
struct SoundInputs: Sendable {
  /// The files, in the order of the arguments and within a folder by name.
  private(set) var files: [File] = []
  /// The folders in which there are none.
  private(set) var failures: [Failure] = []
  /// Whether a folder was named, so that there may be many files.
  private(set) var hasFolder = false

  /// A file that was named, or found in a folder that was.
  struct File: Sendable {
    /// Where it is; `-` for standard input.
    let path: String
    /// Its path below the folder that it was found in, or its name: the place of its results.
    let relativePath: String
  }

  /// Takes files as they are and searches folders for sounds. A file that is missing is not noticed
  /// here: it fails when its turn comes, and the others go on.
  ///
  /// - Throws: `ValidationError` where standard input is named twice.
  init(_ arguments: [String]) throws {
    if arguments.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("- stands twice: standard input can be read once.")
    }
    for argument in arguments {
      if argument == "-" {
        files.append(File(path: "-", relativePath: "stdin"))
      } else if SoundFiles.isFolder(argument) {
        addFolder(argument)
      } else {
        let name = argument.split(separator: "/").last.map(String.init)
        files.append(File(path: argument, relativePath: name ?? argument))
      }
    }
  }

  private mutating func addFolder(_ argument: String) {
    hasFolder = true
    let folder = argument.hasSuffix("/") ? String(argument.dropLast()) : argument
    do {
      files += try SoundFiles.find(in: argument).map {
        File(path: "\(folder)/\($0)", relativePath: $0)
      }
    } catch {
      failures.append(Failure(name: argument, error))
    }
  }
}
