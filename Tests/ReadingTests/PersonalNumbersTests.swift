import SeededRandom
import Cases
import Testing

@testable import Reading

struct PersonalNumbersTests {
  private static let identity = Numbers.identity("11010119900307461")
  private static let withX =
    (0...99).lazy.map { Numbers.identity("440106198512310" + ($0 < 10 ? "0" : "") + "\($0)") }
    .first { $0.hasSuffix("X") } ?? ""
  private static let card19 = Numbers.card("622202123456789012")
  private static let card16 = Numbers.card("400012345678901")

  private func kinds(_ text: String) -> [TextReading.PersonalNumber.Kind] {
    PersonalNumbers.find(in: text).map(\.kind)
  }

  @Test(arguments: [
    ("请打13812345678。", "请打138****5678。"), ("电话：138 1234 5678", "电话：138 **** 5678"),
    ("138-1234-5678", "138-****-5678"), ("+86 13812345678", "+86 138****5678"), ("+8613812345678", "+86138****5678"),
    ("008619912345678", "0086199****5678"), ("013812345678", "0138****5678"), ("１３８１２３４５６７８", "１３８****５６７８"),
    ("138\u{200B}12345678", "138\u{200B}****5678"), ("微信同号v13812345678,王", "微信同号v138****5678,王"),
    ("13812345678/13987654321", "138****5678/139****4321"), ("13812345678 13987654321", "138****5678 139****4321"),
    ("13812345678-13987654321", "138****5678-139****4321"), ("2019-10-12 13812345678", "2019-10-12 138****5678"),
    ("+86 138 1234 5678", "+86 138 **** 5678"), ("8613812345678", "86138****5678"),
  ])
  func `a mobile number is masked but for its first three and last four digits`(text: String, masked: String) {
    #expect(PersonalNumbers.masked(text) == masked)
    #expect(kinds(text).allSatisfy { $0 == .mobile })
  }

  @Test(arguments: [
    ("0731-88123456", "0731-******56"), ("073188123456", "0731******56"), ("(0731)88123456", "(0731)******56"),
    ("（０７３１）８８１２３４５６", "（０７３１）******５６"), ("010-88123456", "010-8*****56"), ("02088123456", "0208*****56"),
    ("0731—8812345", "0731—*****45"), ("0738 - 8812 3456", "0738 - **** **56"),
    ("0731-88123456-802", "0731-******56-802"),
  ])
  func `a landline number is masked behind its area code`(text: String, masked: String) {
    #expect(PersonalNumbers.masked(text) == masked)
    #expect(kinds(text) == [.landline])
  }

  @Test func `an identity number is masked but for its first three and last two places`() {
    let plain = Self.identity
    #expect(PersonalNumbers.masked("身份证\(plain)，") == "身份证110*************\(plain.suffix(2))，")
    #expect(
      PersonalNumbers.masked("身份证\(Self.withX.lowercased())")
        == "身份证440*************\(Self.withX.lowercased().suffix(2))")
    #expect(kinds(Self.withX) == [.identity])
    let grouped = "\(plain.prefix(6)) \(plain.dropFirst(6).prefix(8)) \(plain.suffix(4))"
    #expect(PersonalNumbers.masked(grouped) == "110*** ******** **\(plain.suffix(2))")
    #expect(PersonalNumbers.masked("110101900307461") == "110**********61")
    #expect(kinds("110101900307461") == [.identity])
  }

  @Test func `a bank card is masked but for its last four digits`() {
    #expect(PersonalNumbers.masked("卡号\(Self.card19)") == "卡号***************\(Self.card19.suffix(4))")
    let fours = stride(from: 0, to: 16, by: 4).map { String(Self.card16.dropFirst($0).prefix(4)) }
    #expect(PersonalNumbers.masked(fours.joined(separator: " ")) == "**** **** **** \(fours[3])")
    #expect(kinds(Self.card16) == [.bankCard])
  }

  @Test(arguments: [
    "2019年10月12日", "2019-10-12", "20191012", "20191012103000", "10000元", "12345678元", "13812345678元", "13812345678.50",
    "￥13812345678", "3.13812345678", "13812345678万", "12812345678", "1381234567", "138123456789", "编号20190101000123",
    "88123456", "12345", "12345-12345", "110", "第3801234567号", "4200001234567890123456789012", "13812345678a",
    "13812345678kg",
    "G4京港澳K1520", "420116500000001", "110101199002304610", "000000000000000000", "", "一三八一二三四五六七八", "138 12345678901",
    "0131-8812345", "0731-12345678",
  ])
  func `other numbers are left alone`(text: String) {
    #expect(PersonalNumbers.find(in: text).isEmpty)
    #expect(PersonalNumbers.masked(text) == text)
  }

  @Test func `a wrong check digit makes no identity number and no card`() {
    for number in [Self.identity, Self.card19, Self.card16] {
      let last = number.last?.wholeNumberValue ?? 0
      for digit in 0...9 where digit != last {
        #expect(kinds(number.dropLast() + "\(digit)") == [], "\(number) \(digit)")
      }
    }
  }

  @Test(arguments: ["订单号：", "快递单号", "工单编号为", "流水号 ", "訂單號："])
  func `after the word for an order number nothing without check character is taken for a person's`(word: String) {
    #expect(kinds(word + Self.card19) == [])
    #expect(kinds(word + "110101900307461") == [])
    #expect(kinds(word + Self.identity) == [.identity])
    #expect(kinds(word + "13812345678") == [.mobile])
  }

  @Test func `each number has its kind and its place in the original`() {
    let text = "😀我13812345678，证\(Self.identity)"
    let found = PersonalNumbers.find(in: text)
    #expect(found.map(\.kind) == [.mobile, .identity])
    #expect(found.map(\.span.start) == [2, 15])
    #expect(found.map(\.span.end) == [13, 33])
  }

  @Test func `of very many numbers the last one listed covers all the rest`() {
    let text = (0..<250).map { "\(13_800_000_000 + $0)" }.joined(separator: "，编号7，")
    let found = PersonalNumbers.find(in: text)
    #expect(found.count == TextReading.maximumNumbers)
    #expect(found.dropLast().allSatisfy { $0.kind == .mobile })
    #expect(found.last?.kind == .many)
    #expect(found.last?.span.end == text.unicodeScalars.count)
    let masked = PersonalNumbers.masked(text)
    #expect(!masked.contains("00000"))
    #expect(masked.hasSuffix("，编号*，***********"))
  }

  @Test func `masking keeps all but the digits of the numbers, and what is masked isn't found again`() {
    let seed: UInt64 = 4242
    print("seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    let parts =
      [
        "13812345678", "+86 139-0000-1111", "0731-88123456", "(010)66112233", Self.identity, Self.withX, Self.card19,
        "2019-10-12", "订单号", "100元", "，", " ", "-", "路灯", "😀", "\u{200B}", "ａ１", "3", "X", ".", "第7号", "e\u{301}",
      ]
    for round in 0..<4000 {
      let text = (0..<Int.random(in: 0...12, using: &chance)).map { _ in parts.randomElement(using: &chance) ?? "" }
        .joined()
      let found = PersonalNumbers.find(in: text)
      let original = Array(text.unicodeScalars)
      let masked = Array(PersonalNumbers.masked(text).unicodeScalars)
      #expect(masked.count == original.count, "round \(round)")
      var end = 0
      for number in found {
        #expect(end <= number.span.start && number.span.start < number.span.end && number.span.end <= original.count)
        #expect((original[number.span.start].properties.numericType) != nil, "round \(round)")
        end = number.span.end
      }
      for index in original.indices where masked[index] != original[index] {
        #expect(masked[index] == "*", "round \(round)")
        #expect(original[index].properties.numericType != nil || original[index].properties.lowercaseMapping == "x")
        #expect(found.contains { ($0.span.start..<$0.span.end).contains(index) }, "round \(round)")
      }
    }
  }

  @Test func `spans that don't fit the text mask what they can`() {
    func masked(_ text: String, _ start: Int, _ end: Int) -> String {
      TextReading.masked(text, [.init(kind: .many, span: .init(field: .text, start: start, end: end))])
    }
    #expect(masked("电话12", 3, 40) == "电话1*")
    #expect(masked("电话12", -4, 3) == "电话*2")
    #expect(masked("电话12", 9, 3) == "电话12")
    #expect(masked("电话12", -4, -2) == "电话12")
  }
}
