/// What can be wrong with a file, said so that a person can put it right.
///
/// `path` is the file as the caller named it; for a member of an NPZ file it is both names. Bytes
/// are counted from 0, lines from 1 as editors do.
public enum FormatError: Error, Sendable, Equatable {
  /// The file is missing, is a folder, or may not be read.
  case unreadable(path: String, reason: String)
  /// The file holds no bytes.
  case empty(path: String)
  /// The file ends early: `needed` bytes of `part` were due at `byte`, `present` are there.
  case truncated(path: String, byte: Int, part: String, needed: Int, present: Int)
  /// What stands at `byte` breaks the rules of the format.
  case damaged(path: String, byte: Int, problem: String)
  /// A valid file that uses something which is not read here.
  case unsupported(path: String, problem: String, remedy: String)
  /// The record that starts at `line` of a table is wrong.
  case badRecord(path: String, line: Int, problem: String)
  /// A table has no column of that name.
  case noSuchColumn(path: String, name: String, columns: [String])
  /// A value that the format has no way to hold.
  case unencodable(name: String, problem: String)
  /// The file could not be written.
  case unwritable(path: String, reason: String)
}

extension FormatError: CustomStringConvertible {
  /// The file, the place, what is wrong and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason). Check the name and the permissions."
    case .empty(let path):
      "\(path) is empty. Check that the program that should have filled it succeeded."
    case .truncated(let path, let byte, let part, let needed, let present):
      "\(path) ends too early: \(part) at byte \(byte) takes \(needed) bytes, "
        + "\(present) are left. Copy or download the file again."
    case .damaged(let path, let byte, let problem):
      "\(path), byte \(byte): \(problem). The file is damaged or of another format."
    case .unsupported(let path, let problem, let remedy):
      "\(path): \(problem). \(remedy)."
    case .badRecord(let path, let line, let problem):
      "\(path), line \(line): \(problem)."
    case .noSuchColumn(let path, let name, let columns):
      "\(path) has no column '\(name)'. Its columns are: \(columns.joined(separator: ", "))."
    case .unencodable(let name, let problem):
      "cannot write '\(name)': \(problem)."
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason). Free space, or choose another place."
    }
  }
}
