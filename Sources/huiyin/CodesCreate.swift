import ArgumentParser
import Assembly
import Cases
import Classification
import Codes
import Foundation
import Time

struct CodesCreate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Makes the code of a deputy, a station or an activity, or those of the whole directory.",
    discussion: """
      Who has a code at that place already keeps it as it is; one that is revoked or has expired is followed by another. So \
      the same command can be given again, as after an interruption or when deputies have changed.
      """)

  @OptionGroup var log: LogOption
  @Option(help: "A deputy of the directory (HUIYIN_DIRECTORY).") var deputy: String?
  @Option(help: "A station of the directory; with --activity the one in charge of it.") var station: String?
  @Option(help: "The name of an activity.") var activity: String?
  @Flag(help: "Every deputy and station of the directory.") var all = false
  @Option(help: "Where it will hang, such as 村委会门口.") var place: String?
  @Option(help: "The first-level category of all that is said under it.") var category: String?
  @Option(help: "Valid from this day or time on: 2026-10-01, or as in RFC 3339.") var from: String?
  @Option(help: "Valid until the end of this day (in China), or before this time.") var until: String?
  @Option(help: "A folder to write pictures of these codes to, new or not.") var render: String?
  @OptionGroup var pictures: PictureOption

  func validate() throws {
    let named = [deputy, station].compactMap(\.self).count
    if all ? named > 0 || activity != nil : named != 1 {
      throw ValidationError("give one of --deputy, --station, --activity with --station, and --all")
    }
    if activity != nil, station == nil { throw ValidationError("--activity needs --station") }
    for (name, text) in [("--from", from), ("--until", until)] {
      if let text, Self.moment(text, endOfDay: false) == nil {
        throw ValidationError("\(name) \(text) is neither YYYY-MM-DD nor a time of RFC 3339")
      }
    }
  }

  func run() throws {
    let office = try CodeOffice(log)
    let folder = try render.map { try PictureFolder($0, pictures, office) }
    let orders = try orders(office.directory(), office.settings)
    var existing: [Code] = []
    let made = try office.write { book in
      do throws(Malformed) {
        let plan = try CodePlan(orders, in: book, under: office.keys, at: office.now)
        existing = plan.existing
        return plan.new
      } catch {
        throw fail("nothing was made: \(error.reason)")
      }
    }
    if !all { for code in made + existing { print("\(code.id)  \(office.token(of: code).text)") } }
    print("made \(made.count) codes; \(existing.count) were there already")
    try folder?.write(made + existing)
  }

  private func orders(_ directory: Directory, _ settings: Settings) throws -> [CodePlan.Order] {
    if let category {
      let known = try ClassifierHome.categories(settings.categories).names
      guard known.contains(category) else {
        throw fail("there is no category \(category); there are \(known.joined(separator: ", "))")
      }
    }
    if let deputy, directory.deputy(deputy) == nil { throw fail("the directory has no deputy \(deputy)") }
    if let station, directory.station(station) == nil { throw fail("the directory has no station \(station)") }
    let holders: [(kind: Scan.Kind, id: String)] =
      if all {
        directory.stations.map { (.station, $0.id) } + directory.deputies.map { (.deputy, $0.id) }
      } else if let deputy {
        [(.deputy, deputy)]
      } else {
        [(activity == nil ? .station : .activity, station ?? "")]
      }
    return holders.map { kind, id in
      CodePlan.Order(
        Code.Subject(kind, holder: id, activity: activity, place: place), category: category,
        from: from.flatMap { Self.moment($0, endOfDay: false) },
        until: until.flatMap { Self.moment($0, endOfDay: true) })
    }
  }

  private static func moment(_ text: String, endOfDay: Bool) -> GivenTime? {
    if let time = GivenTime(text) { return time }
    return CalendarDate(text).map { day in
      GivenTime(TimeOffset.shanghai.instant(of: day, at: .seconds(endOfDay ? 24 * 3600 : 0)))
    }
  }
}
