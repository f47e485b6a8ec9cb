import Assembly

@main
struct TrackWorker {
  static func main() async {
    await Program("track-worker", roles: [.track]).main()
  }
}
