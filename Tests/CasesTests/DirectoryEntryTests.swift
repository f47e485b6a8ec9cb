import Cases
import Testing

/// A directory as the records of its topic.
struct DirectoryEntryTests {
  @Test func `the header comes first, every key once, each kind and id`() throws {
    let keys = try County.directory().entries.map(\.key)
    #expect(keys.first == "whole")
    #expect(Set(keys).count == keys.count && keys.count == 1 + 8 + 3 + 7 + 4)
    for key in ["station/li", "region/g1", "department/roads", "deputy/d1"] { #expect(keys.contains(key)) }
  }

  @Test func `entries are the same after encoding and decoding, in the same bytes`() throws {
    for entry in try County.directory({ $0.stations["li"].closed = [DateRange(County.today)] }).entries {
      let bytes = JSONData.encode(entry)
      let decoded = try JSONData.decode(DirectoryEntry.self, from: bytes)
      #expect(decoded == entry)
      #expect(JSONData.encode(decoded) == bytes)
    }
  }

  @Test func `a directory is the same out of its entries, in whatever order they come`() throws {
    let directory = try County.directory { $0.profile = .general }
    #expect(try Directory(entries: directory.entries) == directory)
    #expect(try Directory(entries: directory.entries.reversed()) == directory)
    #expect(try Directory(version: "other", entries: directory.entries).version == "other")
  }

  @Test func `the version is a digest of the entries unless one is given`() throws {
    let version = try Directory(version: nil, contents: County.contents).version
    #expect(version.wholeMatch(of: /sha256-[0-9a-f]{12}/) != nil)
    var contents = County.contents
    contents.deputies.reverse()
    #expect(try Directory(version: nil, contents: contents).version == version)
    contents.deputies[0].name += "某"
    #expect(try Directory(version: nil, contents: contents).version != version)
  }

  func fault(_ entries: [DirectoryEntry]) -> String? {
    do {
      _ = try Directory(entries: entries)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `without a header there is no directory`() throws {
    let entries = try County.directory().entries
    #expect(fault(Array(entries.dropFirst())) == "there is no header")
  }

  @Test func `entries that are not all there, or not all of one version, are no directory`() throws {
    let entries = try County.directory().entries
    let message = "the entries are not those of version 1"
    #expect(fault(entries.dropLast()) == message)
    let changed = try County.directory { $0.deputies["d1"].name = "另一人" }
    #expect(
      fault(
        entries.map { entry in entry.key == "deputy/d1" ? changed.entries.first { $0.key == entry.key } ?? entry : entry
        }) == message)
  }

  @Test func `entries are checked as a file is`() throws {
    let broken = Directory.Contents(stations: [.init(id: "a", name: "甲", level: .township, parent: "gone")])
    let entries = broken.stations.map(DirectoryEntry.station)
    let whole = DirectoryEntry.Whole(
      version: "1", profile: "general", order: ["a"], digest: DirectoryEntry.digest(of: entries))
    #expect(fault([.whole(whole)] + entries)?.contains("station a has the unknown parent gone") == true)
    var other = whole
    other.profile = "elsewhere"
    #expect(fault([.whole(other)] + entries) == "the profile elsewhere is unknown")
  }

  @Test(arguments: ["{}", #"{"station":{},"deputy":{}}"#, #"{"grid":{}}"#, "[]", #"{"station":{"id":"a"}}"#])
  func `what is no entry is an error, never a trap`(json: String) {
    #expect(throws: Malformed.self) { try JSONData.decode(DirectoryEntry.self, from: Array(json.utf8)) }
  }

  @Test(arguments: [
    ("2026-05-01", true), ("2026-05-01/2026-05-03", true), ("2026-05-03/2026-05-01", false), ("", false), ("/", false),
    ("2026-05-01/", false), ("2026-05-01/2026-05-02/2026-05-03", false), ("2026-02-30", false),
  ])
  func `days off are dates, or two with a slash between`(text: String, isRight: Bool) {
    let range = DateRange(text)
    #expect((range != nil) == isRight)
    if let range { #expect(range.description == text) }
  }
}
