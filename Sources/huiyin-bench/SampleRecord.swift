/// Records as the reference job reads them, made from a few sentences.
enum SampleRecord {
  private static let sentences = [
    "青石巷口的路灯坏了半个月，晚上走路很不方便，请派人修一修。", "柳河镇卫生院的挂号窗口只开一个，老人排队要两个小时。",
    "小区门口的垃圾三天没有清运，夏天气味很大，居民意见不少。", "村里的自来水下午常常断，灌溉和做饭都受影响。",
    "学校门前的斑马线磨得看不清了，孩子们过马路不安全。", "公交二路车晚上八点就收车，上晚班的人回不了家。",
    "河边的护栏锈断了一截，去年就反映过，至今没有人来看。", "楼下饭店的油烟直接排到居民窗口，开窗就能闻到。",
    "医保卡在新区药店刷不了，跑了三趟窗口，答复都不一样。", "楼道堆满了旧家具，消防通道被堵，物业说管不了。",
    "老街的下水道一下雨就倒灌，一楼的几户人家年年泡水。",
  ]

  /// - Parameter size: about so many bytes.
  static func value(_ number: Int, size: Int = 1000) -> [UInt8] {
    var text = ""
    var next = number
    while text.utf8.count + 190 < size {
      text += sentences[next % sentences.count]
      next += 1
    }
    let title = sentences[number % sentences.count].prefix(12)
    let second = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
    return Array(
      #"{"id":"op-\#(number)","seq":\#(number),"channel":"web","title":"\#(title)","text":"\#(text)","#.utf8)
      + Array(#""time":"2026-09-24T10:00:\#(second)+08:00"}"#.utf8)
  }
}
