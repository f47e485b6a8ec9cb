import Assembly

@main
struct ClassifyWorker {
  static func main() async {
    await Program("classify-worker", roles: [.classify]).main()
  }
}
