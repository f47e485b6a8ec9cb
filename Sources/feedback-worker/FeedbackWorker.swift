import Assembly

@main
struct FeedbackWorker {
  static func main() async {
    await Program("feedback-worker", roles: [.feedback]).main()
  }
}
