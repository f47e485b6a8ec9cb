import Monitoring
import WebPages

/// What the template `rebuilding` is filled with: in place of figures that would be wrong.
struct RebuildingPage {
  let frame: PageFrame
  let heading: String
  let note: String
  let timeLeft: String?
  /// 0 … 100.
  let percent: Int

  init(_ frame: PageFrame, _ words: OverviewWords, _ rebuilding: Follower.Rebuilding) {
    self.frame = frame
    percent = Int(min(max(rebuilding.share, 0), 1) * 100)
    heading = "\(words.rebuilding) \(percent) %"
    note = words.rebuildingNote
    timeLeft = rebuilding.timeLeft.map {
      "\(words.timeLeft) \(max(1, ($0.components.seconds + 59) / 60)) \(words.minutes)"
    }
  }
}

extension RebuildingPage {
  static let template = """
    {{>head}}
    <div class="notice" role="status">
    <p><strong>{{heading}}</strong>{{#timeLeft}} · {{.}}{{/timeLeft}}</p>
    <progress max="100" value="{{percent}}">{{percent}} %</progress>
    <p>{{note}}</p>
    </div>
    {{>foot}}
    """
}
