import PrintedCodes
import QRCodes
import Testing

struct QRMatrixTests {
  private static let texts = [
    "1", "0123456789012345678901234567890123456789", "HTTPS://EXAMPLE.ORG/Q/DK23456789ABCDEFGH",
    "https://example.org/q/DK23456789ABCDEFGHJKLMNPQRSTUVWXYZ23456789", "路灯坏了，请修一修", "a", ":%+-./$*", "<e&'\">",
    String(repeating: "https://example.org/", count: 20),
  ]

  @Test func `a code is as large as its text asks for, and has the three corners by which it is found`() throws {
    #expect(try QRMatrix("1").side == 21)
    #expect(try QRMatrix(String(repeating: "x", count: 1273)).side == 177)
    for text in Self.texts {
      let matrix = try QRMatrix(text)
      for (row, column) in [(0, 0), (0, matrix.side - 7), (matrix.side - 7, 0)] {
        for place in 0..<7 {
          #expect(matrix[row, column + place] && matrix[row + 6, column + place])
          #expect(matrix[row + place, column] && matrix[row + place, column + 6])
        }
        for place in 1..<6 { #expect(!matrix[row + 1, column + place] && !matrix[row + place, column + 1]) }
      }
    }
  }

  /// Format bits of ISO/IEC 18004, 7.9: level H is 10, under a mask that begins with 10.
  @Test func `the code says itself that its level is H`() throws {
    for text in Self.texts {
      let matrix = try QRMatrix(text)
      #expect(!matrix[8, 0] && !matrix[8, 1])
    }
  }

  @Test func `outside of a code all is light`() throws {
    let matrix = try QRMatrix("1")
    #expect(!matrix[-1, 0] && !matrix[0, -1] && !matrix[21, 0] && !matrix[0, 21] && !matrix[.max, .min])
  }

  @Test func `what can't be a code is told`() {
    #expect(throws: QRMatrix.Unfit.empty) { try QRMatrix("") }
    #expect(throws: QRMatrix.Unfit.hasNull) { try QRMatrix("a\0b") }
    #expect(throws: QRMatrix.Unfit.tooLong(bytes: 1274)) { try QRMatrix(String(repeating: "x", count: 1274)) }
    #expect(throws: QRMatrix.Unfit.tooLong(bytes: 1854)) { try QRMatrix(String(repeating: "路", count: 618)) }
    #expect(throws: Never.self) { try QRMatrix(String(repeating: "X", count: 1852)) }
    #expect(throws: QRMatrix.Unfit.tooLong(bytes: 100_000)) { try QRMatrix(String(repeating: "X", count: 100_000)) }
  }

  @Test func `codes may be made on many threads at once`() async throws {
    let expected = try Self.texts.map { try QRMatrix($0) }
    let wrong = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var wrong = 0
          for _ in 0..<10 {
            for (text, matrix) in zip(Self.texts, expected) where (try? QRMatrix(text)) != matrix { wrong += 1 }
          }
          return wrong
        }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }

  @Test(.enabled(if: PrintedCodes.canRead, Comment(rawValue: PrintedCodes.missing)))
  func `another program reads every PNG, whatever its scale`() throws {
    for scale in [2, 3, 4, 8, 13] {
      #expect(try PrintedCodes.read(Self.texts.map { try QRMatrix($0).png(scale: scale) }) == Self.texts)
    }
  }

  @Test(.enabled(if: PrintedCodes.canRead, Comment(rawValue: PrintedCodes.missing)))
  func `another program reads the largest code there is`() throws {
    let longest = "https://" + String(repeating: "x", count: 1265)
    #expect(try PrintedCodes.read([QRMatrix(longest).png(scale: 4)]) == [longest])
  }

  @Test(.enabled(if: PrintedCodes.canDrawSVG, Comment(rawValue: PrintedCodes.missing)))
  func `another program draws every SVG, and a third one reads it`() throws {
    let drawings = try Self.texts.map { try QRMatrix($0).svg }
    #expect(try PrintedCodes.readSVG(drawings, pixels: 600) == Self.texts)
  }
}
