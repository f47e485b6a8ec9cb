import Cases
import Time

/// What a command other than `open` leaves in its case when it is not refused: the same for the command and its event.
extension Fingerprint {
  /// - Parameter time: of the command: its `ce_time`, else when the log took it in. Its event bears the same, but where
  ///   that would be before something else that it follows.
  init?(outcomeOf command: CaseCommand, at time: GivenTime) {
    switch command {
    case .open: return nil
    case .assign(let assign): self.init("assigned", assign.assignment, time)
    case .sign(let order): self.init("signed", order.by, time)
    case .reply(let reply): self.init("replied", reply, reply.lead == nil ? time : nil)
    case .refuse(let refusal): self.init("refused", refusal, refusal.lead == nil ? time : nil)
    case .transfer(let transfer): self.init("transferred", transfer.by, transfer.reason, transfer.to, time)
    case .return(let order): self.init("returned", order.by, order.reason ?? "", time)
    case .coHandle(let coHandle): self.init("co-handled", coHandle.by, coHandle.reason, coHandle.with, time)
    case .escalate(let escalate):
      self.init("escalated", escalate.by, escalate.reason, escalate.to, escalate.level, time)
    case .raise(let order): self.init("raised", order.by, order.reason, time)
    case .supervise(let supervise):
      self.init("supervision-requested", supervise.by, supervise.reason, supervise.leader, time)
    case .grantSupervision(let grant): self.init("supervision", grant.number, time)
    case .requestExtension(let request):
      self.init("extension-requested", request.by, request.reason, request.workingDays, time)
    case .extend(let extend): self.init("extended", extend.by, extend.reason, time)
    case .denyExtension(let order): self.init("extension-denied", order.by, order.reason, time)
    case .pause(let order): self.init("paused", order.by, order.reason ?? "", time)
    // Not before the pause.
    case .resume(let order): self.init("resumed", order.by)
    case .merge(let merge): self.init("merged", merge.into, merge.by, merge.reason, time)
    case .unmerge(let unmerge): self.init("unmerged", unmerge.by, unmerge.reason, time)
    case .recordMerged(let record): self.init("joined", record.other)
    case .recordUnmerged(let record): self.init("parted", record.other)
    case .recordSimilar(let similar): self.init("similar-found", similar.other)
    case .rate(let rate): self.init("rated", rate.satisfaction, rate.text, time)
    case .reopen(let order): self.init("reopened", order.by, order.reason ?? "", time)
    case .review(let review): self.init("reviewed", review.by, review.upheld, review.text, time)
    case .close(let order): self.init("closed", order.by, time)
    case .correctCategory(let correction): self.init("classified", Classification(correction), time)
    case .erase(let order): self.init("erased", order.by, order.reason, time)
    case .disclose(let order): self.init("disclosed", order.by, order.reason ?? "", time)
    case .recordDelivery(let delivery):
      let isDelivered = delivery.result == .delivered
      self.init(
        isDelivered ? "delivered" : "undelivered", delivery.feedback, delivery.channel,
        isDelivered ? nil : delivery.reason ?? "no reason given")
    }
  }

  /// - Parameter time: the event's own.
  init?(outcomeOf event: CaseEvent, at time: GivenTime?) {
    guard let time else { return nil }
    switch event {
    case .assigned(let assignment): self.init("assigned", assignment, time)
    case .signed(let signed): self.init("signed", signed.by, time)
    case .replied(let replied): self.init("replied", replied.reply, replied.reply.lead == nil ? replied.at : nil)
    case .refused(let refused): self.init("refused", refused.refusal, refused.refusal.lead == nil ? refused.at : nil)
    case .transferred(let transfer): self.init("transferred", transfer.by, transfer.reason, transfer.to, time)
    case .returned(let returned): self.init("returned", returned.by, returned.reason, time)
    case .coHandled(let coHandled): self.init("co-handled", coHandled.by, coHandled.reason, coHandled.with, time)
    case .escalated(let escalated):
      guard let by = escalated.by else { return nil }
      self.init("escalated", by, escalated.reason, escalated.to, escalated.level, time)
    case .raised(let revised): self.init("raised", revised.by, revised.reason, time)
    case .supervisionRequested(let request):
      self.init("supervision-requested", request.by, request.reason, request.leader, time)
    case .supervised(let supervised):
      guard supervised.step == .key else { return nil }
      self.init("supervision", supervised.number, time)
    case .supervisionDenied: self.init("supervision", Int?.none, time)
    case .extensionRequested(let request):
      self.init("extension-requested", request.by, request.reason, request.workingDays, time)
    case .extended(let revised): self.init("extended", revised.by, revised.reason, time)
    case .extensionDenied(let told): self.init("extension-denied", told.by, told.reason, time)
    case .paused(let paused): self.init("paused", paused.by, paused.reason, time)
    case .resumed(let revised): self.init("resumed", revised.by)
    case .merged(let merged): self.init("merged", merged.into, merged.by, merged.reason, time)
    case .unmerged(let unmerged): self.init("unmerged", unmerged.by, unmerged.reason, time)
    case .joined(let joined): self.init("joined", joined.other)
    case .mergeDeclined(let declined): self.init("joined", declined.other)
    case .parted(let parted): self.init("parted", parted.other)
    case .similarFound(let found): self.init("similar-found", found.other)
    case .delivered(let delivery): self.init("delivered", delivery.feedback, delivery.channel, delivery.reason)
    case .undelivered(let delivery): self.init("undelivered", delivery.feedback, delivery.channel, delivery.reason)
    case .rated(let rated): self.init("rated", rated.satisfaction, rated.text, time)
    case .reopened(let reopened): self.init("reopened", reopened.by, reopened.reason, time)
    case .reviewed(let reviewed): self.init("reviewed", reviewed.by, reviewed.upheld, reviewed.text, time)
    case .closed(let closed):
      guard let by = closed.by else { return nil }
      self.init("closed", by, time)
    case .classified(let classification):
      guard classification.by == .person else { return nil }
      self.init("classified", classification, time)
    case .erased(let told): self.init("erased", told.by, told.reason, time)
    case .disclosed(let disclosed): self.init("disclosed", disclosed.by, disclosed.reason, time)
    // These follow from an opinion, or from time.
    case .opened, .supplemented, .signOverdue, .reminded, .overdue, .overdueWithdrawn, .reported, .deadlineChanged,
      .reviewDue, .refusedCommand:
      return nil
    }
  }
}
