/// What a process can be; `huiyin serve` is all of them at once.
package enum Role: String, CaseIterable, Sendable {
  case intake = "intake-gateway"
  case classify = "classify-worker"
  case route = "route-worker"
  case track = "track-worker"
  case feedback = "feedback-worker"
  case monitor
}
