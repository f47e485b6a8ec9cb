import Assembly

@main
struct RouteWorker {
  static func main() async {
    await Program("route-worker", roles: [.route]).main()
  }
}
