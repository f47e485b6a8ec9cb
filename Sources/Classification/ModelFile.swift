import Cases

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A model's file, mapped: nothing is read before it is needed, and all processes of a machine share its pages.
///
/// | bytes | what |
/// |---|---|
/// | 0 … 7 | `HUIYINM` and the format, `1` |
/// | 8 … 15 | checksum of all that follows |
/// | 16 … 19 | length of the header, a multiple of 64 less 20 |
/// | 20 … | header: ``ModelHeader`` in JSON, then spaces |
/// | then | for each bucket 8 or 16 numbers of 16 bits |
///
/// Numbers are little-endian.
package final class ModelFile: Sendable {
  package let header: ModelHeader
  /// Bytes of the file, which is what a loaded model takes in memory once all of it was needed.
  package let size: Int
  /// Unchecked: mapped for reading only, until `deinit`.
  private nonisolated(unsafe) let base: UnsafeRawPointer
  private let start: Int

  static let magic = Array("HUIYINM1".utf8)
  static let preface = 20

  /// - Throws: ``ModelError`` if it can't be read, is of another format, cut short, or not as it was written.
  package init(path: String) throws(ModelError) {
    func error(_ reason: String) -> ModelError { ModelError(file: path, reason: reason) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error("can't be read: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    let length = Int(lseek(descriptor, 0, SEEK_END))
    guard length >= Self.preface else { throw error("is no model: too short") }
    guard let mapped = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), mapped != MAP_FAILED else {
      throw error("can't be mapped: \(String(cString: strerror(errno)))")
    }
    var isSound = false
    defer { if !isSound { munmap(mapped, length) } }
    let bytes = UnsafeRawBufferPointer(start: mapped, count: length)
    guard bytes.prefix(7).elementsEqual(Self.magic.dropLast()) else { throw error("is no model") }
    guard bytes[7] == Self.magic[7] else { throw error("is of another format: this program reads format 1") }
    let headerSize = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
    guard (Self.preface + headerSize) % 64 == 0, Self.preface + headerSize <= length else {
      throw error("is cut short")
    }
    let written = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let header: ModelHeader
    do throws(Malformed) {
      header = try JSONData.decode(ModelHeader.self, from: Array(bytes[Self.preface..<(Self.preface + headerSize)]))
    } catch {
      throw ModelError(file: path, reason: "its header is broken")
    }
    if let fault = header.fault { throw error("its header \(fault)") }
    start = Self.preface + headerSize
    guard length == start + (1 << header.bits) * header.lanes * 2 else { throw error("is cut short, or too long") }
    guard Self.checksum(UnsafeRawBufferPointer(rebasing: bytes[16...])) == written else {
      throw error("is damaged: its checksum is another")
    }
    isSound = true
    self.header = header
    size = length
    base = UnsafeRawPointer(mapped)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: base), size) }

  /// Of bucket b at b × lanes.
  var weights: UnsafePointer<Int16> {
    (base + start).assumingMemoryBound(to: Int16.self)
  }

  /// The bytes of a model's file.
  /// - Parameter weights: of bucket b at b × lanes.
  package static func bytes(_ header: ModelHeader, weights: [Int16]) -> [UInt8] {
    precondition(weights.count == (1 << header.bits) * header.lanes)
    var numbers: [UInt8] = []
    numbers.reserveCapacity(weights.count * 2)
    for weight in weights {
      numbers.append(UInt8(truncatingIfNeeded: weight))
      numbers.append(UInt8(truncatingIfNeeded: weight >> 8))
    }
    var named = header
    let digits = String(numbers.withUnsafeBytes { checksum($0) }, radix: 16)
    named.version = "model-" + (String(repeating: "0", count: 16 - digits.count) + digits).prefix(8)
    var json = JSONData.encode(named)
    while (preface + json.count) % 64 != 0 { json.append(UInt8(ascii: " ")) }
    var rest: [UInt8] = []
    rest.reserveCapacity(json.count + numbers.count + preface)
    for shift in stride(from: 0, to: 32, by: 8) { rest.append(UInt8(truncatingIfNeeded: json.count >> shift)) }
    rest += json
    rest += numbers
    let sum = rest.withUnsafeBytes { checksum($0) }
    return magic + stride(from: 0, to: 64, by: 8).map { UInt8(truncatingIfNeeded: sum >> UInt64($0)) } + rest
  }

  /// FNV-1a over words of eight bytes, the last filled up with zeros: against damage, not against forgery.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var place = 0
    while place + 8 <= bytes.count {
      hash =
        (hash ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
        &* 0x100_0000_01b3
      hash ^= hash &>> 32
      place += 8
    }
    var last: UInt64 = 0
    var shift: UInt64 = 0
    while place < bytes.count {
      last |= UInt64(bytes[place]) << shift
      shift += 8
      place += 1
    }
    hash = (hash ^ last) &* 0x100_0000_01b3
    return hash ^ (hash &>> 32)
  }
}
