import PrometheusMetrics

/// What each metric says, for whoever reads `/metrics`: one line by the label that it is made with.
enum MetricHelp {
  static func register(with factory: PrometheusFactory) {
    for (label, help) in lines { factory.register(label, help: help) }
  }

  private static let lines = [
    "huiyin_batch_records": "Records in a batch that was committed.",
    "huiyin_broadcast_rejected": "Contents of a broadcast topic that could not be gone by; those before stay in force.",
    "huiyin_calendar_plan_missing": "1 if the holiday plan of this year, or in December of the next one, is missing.",
    "huiyin_calendar_version_info": "The calendar that this process reckons by.",
    "huiyin_case_overdue": "Open cases whose last day passed without a reply.",
    "huiyin_cases_closed": "Cases that are closed.",
    "huiyin_cases_due_soon": "Open cases due within two working days.",
    "huiyin_cases_due_today": "Open cases due today.",
    "huiyin_cases_open": "Cases without a reply.",
    "huiyin_cases_replied": "Cases with a reply that aren't closed.",
    "huiyin_chat_messages_dropped": "Messages left out since their citizen withdrew the consent.",
    "huiyin_chats_revoked": "Consents that citizens withdrew.",
    "huiyin_commits_undone": "Batches that did not take place, since the group had changed; they are worked out anew.",
    "huiyin_dead_letters": "Records that could not be read or handled, each time that they could not.",
    "huiyin_deadlines_provisional": "Cases opened with a deadline in a year without a holiday plan.",
    "huiyin_duplicates_suppressed": "What came again and changed nothing, by type.",
    "huiyin_feedback_undelivered": "Answers that did not arrive; final: no other channel was left.",
    "huiyin_intake_opinions": "Opinions posted to the API, by what was answered.",
    "huiyin_lag_records": "Records that wait in the partitions of this member.",
    "huiyin_monitor_records": "Records that the read model took in, by what they were.",
    "huiyin_outbox_bytes": "Bytes that wait on this gateway's disk for the log.",
    "huiyin_outbox_capacity_bytes": "How many may wait there before nothing more is taken.",
    "huiyin_outbox_commits": "Transactions on this gateway's disk that took opinions in.",
    "huiyin_outbox_oldest_seconds": "How long the oldest that waits there has been waiting.",
    "huiyin_outbox_published": "Records handed to the log.",
    "huiyin_outbox_puts": "What was put into the outbox and is durable.",
    "huiyin_outbox_refused": "Records that the log would not take; they stay in the outbox.",
    "huiyin_outbox_waiting": "What waits on this gateway's disk for the log.",
    "huiyin_page_forms": "Forms sent from the phone page, by what was answered.",
    "huiyin_parked_keys": "Keys of which one record could not be handled and the later ones wait.",
    "huiyin_rate_limited": "Requests refused since there were too many.",
    "huiyin_ready": "1 if /readyz says so.",
    "huiyin_records_forwarded": "Records found in another partition than their key's, and sent to it.",
    "huiyin_rules_adopted": "Rules that came while running and are gone by, one for each partition.",
    "huiyin_rules_keys_revised": "Keys looked at under such rules.",
    "huiyin_rules_sweep_remaining": "Keys still to be looked at under such rules.",
    "huiyin_similar_cases_left_out": "Similar cases not noted, since a case has its fill of them.",
    "huiyin_state_restore_remaining_records": "Records of the changelog still to be read before work begins.",
    "huiyin_state_restore_seconds": "How long the last restore of this member took.",
    "huiyin_timer_lag_seconds": "How long the timer that is due the longest has been waiting.",
    "huiyin_timers_fired": "Timers that fired.",
    "huiyin_timers_pending": "Timers that are set.",
    "huiyin_wechat_messages": "Messages from WeChat, by kind.",
    "huiyin_wechat_requests": "Requests from WeChat, by what was answered.",
    "messaging_client_consumed_messages": "Records taken in.",
    "messaging_client_operation_duration": "Time of a commit.",
    "messaging_client_sent_messages": "Records written.",
  ]
}
