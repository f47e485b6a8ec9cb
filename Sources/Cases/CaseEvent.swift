/// What happened to a case: the records of `cases`, each with a `ce_sequence` of 1, 2, 3 … within its case.
///
/// One for each fact, with enough in it to rebuild the case by folding (``CaseSummary``).
package enum CaseEvent: Hashable, Sendable {
  case opened(Opened)
  case classified(Classification)
  case assigned(Assignment)
  case signed(Signed)
  case signOverdue(SignOverdue)
  case returned(Returned)
  case transferred(Transferred)
  case coHandled(CoHandled)
  case escalated(Escalated)
  case raised(Revised)
  case reminded(DeadlineEvent)
  case overdue(DeadlineEvent)
  case overdueWithdrawn(OverdueWithdrawn)
  case supervised(Supervised)
  case supervisionRequested(SupervisionRequested)
  case supervisionDenied(SupervisionDenied)
  /// 通报
  case reported(DeadlineEvent)
  case deadlineChanged(DeadlineChanged)
  case extensionRequested(ExtensionRequested)
  case extended(Revised)
  case extensionDenied(Told)
  case paused(Paused)
  case resumed(Revised)
  case replied(Replied)
  case refused(Refused)
  case delivered(Delivery)
  case undelivered(Delivery)
  case rated(Rated)
  case reopened(Reopened)
  case merged(Merged)
  case unmerged(Unmerged)
  case joined(Joined)
  case parted(Parted)
  case mergeDeclined(MergeDeclined)
  case supplemented(Submission)
  case similarFound(SimilarFound)
  case closed(Closed)
  case reviewDue(DeadlineEvent)
  case reviewed(Reviewed)
  case erased(Told)
  /// Somebody was let see who the citizen is.
  case disclosed(Disclosed)
  case refusedCommand(RefusedCommand)

  /// The word within `cn.huiyin.case.NAME.v1`.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case opened, classified, assigned, signed, returned, transferred, escalated, raised, reminded, overdue, supervised,
      reported, extended, paused, resumed, replied, refused, delivered, undelivered, rated, reopened, merged, unmerged,
      joined, parted, supplemented, closed, reviewed, erased, disclosed
    case signOverdue = "sign-overdue"
    case coHandled = "co-handled"
    case overdueWithdrawn = "overdue-withdrawn"
    case supervisionRequested = "supervision-requested"
    case supervisionDenied = "supervision-denied"
    case deadlineChanged = "deadline-changed"
    case extensionRequested = "extension-requested"
    case extensionDenied = "extension-denied"
    case mergeDeclined = "merge-declined"
    case similarFound = "similar-found"
    case reviewDue = "review-due"
    case refusedCommand = "refused-command"
  }
}
