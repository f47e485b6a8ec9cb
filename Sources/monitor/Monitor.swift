import Assembly

@main
struct Monitor {
  static func main() async {
    await Program("monitor", roles: [.monitor]).main()
  }
}
