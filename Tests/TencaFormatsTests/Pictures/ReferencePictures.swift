/// Small pictures, 5 × 3 pixels where nothing else is said, written by Pillow 13.0.0:
/// `Image.fromarray(array).save(file, "PNG")`, or `"JPEG", quality=60`.
enum ReferencePictures {
  /// Grey, of bytes 37·i mod 256 where i counts four bytes a pixel, as in the next three.
  static let grey = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAAAAAB+XZokAAAAFklEQVR4nGNgmKKxJ4DpyZMnT55ASABPlgq1Z37s
      2AAAAABJRU5ErkJggg==
      """)
  /// Grey and opacity.
  static let greyAlpha = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAQAAADxPw1zAAAAGUlEQVR4nGNgUJ2yU8N3z8OAUqYncIDEBAA2vRYe
      cyn1HwAAAABJRU5ErkJggg==
      """)
  /// Red, green, blue.
  static let rgb = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAADUVFKvAAAAHklEQVR4nGNgUPWasvOehm/RnodsAaWzmJ6gAnQ+
      AKwsIUAhcsM5AAAAAElFTkSuQmCC
      """)
  /// Red, green, blue, opacity.
  static let rgba = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAYAAABbNsX4AAAAJElEQVR4nGNgUPXKn7LzHrOGb9H0PQ/ZtANKZ+1n
      eoIFYBUEAKCvLBvc/FGOAAAAAElFTkSuQmCC
      """)
  /// Colours 0, 1, 2, 3, 0… of a palette of four, two bits a pixel.
  static let palette = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAgMAAAAmWC1rAAAADFBMVEUKFB7IZAAA/wdaW1yiIhvnAAAAEUlEQVR4
      nGOQZmAJvMLiKgIABogBoqvmt1sAAAAASUVORK5CYII=
      """)
  /// The same with opacities 255, 128, 0, 255.
  static let paletteAlpha = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAgMAAAAmWC1rAAAADFBMVEUKFB7IZAAA/wdaW1yiIhvnAAAABHRSTlP/
      gAD/oaGUZgAAABFJREFUeJxjkGZgCbzC4ioCAAaIAaKr5rdbAAAAAElFTkSuQmCC
      """)
  /// White in odd pixels, one bit each.
  static let bits = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAQAAAABzTfhVAAAADklEQVR4nGMIYFjBEAAAA94BSXfAiOEAAAAASUVO
      RK5CYII=
      """)
  /// As `rgb`, both bytes of each channel alike (written by hand, with zlib).
  static let sixteen = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADEAIAAACExI7sAAAAaElEQVR4nAFdAKL/AAAAJSVKSpSUubne3igoTU1y
      cry84eEGBlBQdXWamgDk5AkJLi54eJ2dwsIMDDExVlagoMXF6uo0NFlZfn4AyMjt7RISXFyBgaam8PAVFTo6hISp
      qc7OGBg9PWJiT4cpO4clqM0AAAAASUVORK5CYII=
      """)
  /// As `rgb`, in the seven passes of Adam7 (written by hand, with zlib).
  static let interlaced = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAAGjU2I5AAAAP0lEQVR4nAE0AMv/AAAlSgBQdZoAKE1yAMjtEvAV
      Ohg9YgCUud684QYAXIGmhKnOAOQJLnidwgwxVqDF6jRZft+OFJ5b5HJ6AAAAAElFTkSuQmCC
      """)
  /// Claims 60000 × 60000 pixels and holds none.
  static let enormous = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAAPsOIVAAAACUlEQVR4nGMAAAABAAFe/335AAAAAElFTkSuQmCC
      """)
  /// As `grey`, behind the chunk acTL of an animation.
  static let animated = bytes(
    base64: """
      iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAAAAAB+XZokAAAACGFjVEwAAAACAAAAAPONk3AAAAAWSURBVHicY2CY
      orEngOnJkydPnkBIAE+WCrVnfuzYAAAAAElFTkSuQmCC
      """)
  /// 13 × 10 pixels of (18x, 25y, 128), quality 60.
  static let colorJPEG = bytes(
    base64: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG
      NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09P
      T09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAKAA0DASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAA
      AAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAk
      M2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT
      lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QA
      HwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdh
      cRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hp
      anN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk
      5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDEtNE6fJWxBonyfcrZtFXj5R+VbEKrs+6PyrOvjalzLKswq8p/
      /9k=
      """)
  /// The same in grey.
  static let greyJPEG = bytes(
    base64: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG
      NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAKAA0BAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI
      CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcY
      GRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKj
      pKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AMS0
      0Tp8lbEGifJ9ytm0VePlH5VsQquz7o/Kv//Z
      """)
  /// The same in several scans.
  static let progressiveJPEG = bytes(
    base64: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG
      NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09P
      T09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAKAA0DASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAA
      BP/EABQBAQAAAAAAAAAAAAAAAAAAAAL/2gAMAwEAAhADEAAAAQsawj//xAAXEAEAAwAAAAAAAAAAAAAAAAAAAQID
      /9oACAEBAAEFAq4oxVQ//8QAFxEAAwEAAAAAAAAAAAAAAAAAAAIEEf/aAAgBAwEBPwGWhsP/xAAWEQEBAQAAAAAA
      AAAAAAAAAAACAAP/2gAIAQIBAT8Beyv/xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAY/Ah//xAAaEAACAgMA
      AAAAAAAAAAAAAAAAARExIVFh/9oACAEBAAE/IeZjoVaFUUf/2gAMAwEAAgADAAAAEMf/xAAUEQEAAAAAAAAAAAAA
      AAAAAAAA/9oACAEDAQE/EFf/xAAVEQEBAAAAAAAAAAAAAAAAAAAAEf/aAAgBAgEBPxC5/8QAGRAAAgMBAAAAAAAA
      AAAAAAAAACEQMZFB/9oACAEBAAE/EK4+omHBYf/Z
      """)
  /// The same in cyan, magenta, yellow, black.
  static let printJPEG = bytes(
    base64: """
      /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2Rjcs
      LUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAFAgACgANBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAAB
      AgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNi
      coIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SV
      lpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4E
      QwBNAFkASwAAPwDl/Df8FY3/AAiP/TP9KK9Or1DSf+PWj/hEf+mf6UUV5f4b/gr1PYn9xfyoor1DSf8Aj1o2J/cX
      8qKK/9k=
      """)
  /// The same with an Exif note that the first row is on the right (6).
  static let turnedJPEG = bytes(
    base64: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAA0JCgsK
      CA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4O
      DhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAAR
      CAAKAA0DASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQA
      AAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdI
      SUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXG
      x8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL
      /8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcY
      GRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOk
      paanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDE
      tNE6fJWxBonyfcrZtFXj5R+VbEKrs+6PyrOvjalzLKswq8p//9k=
      """)
}
