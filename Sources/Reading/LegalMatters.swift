extension SignList {
  /// Matters that stations and petition offices don't take up themselves (不予受理), since the law has a procedure of its
  /// own for them or has brought it to its end. What is flagged is read by a person, never rejected by machine: many who
  /// mention a court ask for something else.
  package static let legal = SignList(
    builtIn: "legal-1",
    [
      Entry(
        "诉讼",
        """
        诉讼 起诉 上诉 应诉 原告 被告 开庭 庭审 一审 二审 再审 终审 判决 判决书 裁定书 民事裁定 民事调解书 强制执行 申请执行 执行裁定 被执行人 失信被执行人 法院已受理 \
        法院受理 法院立案 抗诉
        """,
        except: "被告知 被告诉 被告之 以上诉求 以上诉说"),
      Entry("行政复议", "行政复议 复议决定 申请复议 提起复议 复议机关 复议申请"),
      Entry(
        "仲裁", "仲裁 劳动仲裁 仲裁委 仲裁委员会 仲裁裁决 仲裁书 仲裁申请 申请仲裁 人事争议仲裁 裁决书"),
      Entry(
        "信访终结",
        "信访终结 三级终结 三级信访终结 终结备案 复查意见 复核意见 信访复查 信访复核 复查复核 不再受理 信访事项处理意见书 信访处理意见书"),
    ])
}
