package import Time

extension Instant {
  /// `YYYY-MM-DD HH:MM`, Asia/Shanghai.
  package var forReading: String {
    String(rfc3339(offset: .shanghai).prefix(16)).replacing("T", with: " ")
  }
}
