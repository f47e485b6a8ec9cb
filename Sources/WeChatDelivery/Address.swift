import Cases

/// Where a case's citizen is reached. Personal data.
struct Address: Hashable, Sendable {
  let chat: ChatID
  let subscription: Subscription?
}
