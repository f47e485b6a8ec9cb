extension SignList {
  /// Signs of urgency, for those who gave no list of their own: where waiting may cost a life, a limb or a child's safety.
  ///
  /// Only what is said to have happened or to be about to: 消防 or 隐患 alone is everyday business of a board,
  /// and so is what a fire might do. Words of hospitals (抢救, 病危) are mostly of disputes about the past.
  package static let urgency = SignList(
    builtIn: "urgency-1",
    [
      Entry(
        "生命危险",
        """
        生命危险 危及生命 有生命之忧 命悬一线 跳楼 轻生 自杀 自残 割腕 服毒 喝农药 不想活了 活不下去 同归于尽 出人命 闹出人命 溺水 溺亡 落水 被困 \
        昏迷不醒 触电 漏电 持刀 砍人 杀人
        """,
        except: "跳楼价 跳楼机 跳楼大甩卖 没有生命危险 无生命危险 脱离生命危险 落水管 杀人不见血 漏电保护 漏电保护器 漏电开关"),
      Entry(
        "燃气泄漏",
        """
        燃气泄漏 燃气泄露 煤气泄漏 煤气泄露 天然气泄漏 天然气泄露 液化气泄漏 液化气泄露 管道泄漏 燃气漏气 煤气漏气 天然气漏气 漏气 煤气中毒 一氧化碳中毒 煤气味 氨气泄漏 氯气泄漏 \
        毒气泄漏
        """),
      Entry(
        "火灾爆炸",
        """
        火灾 着火 起火 失火 大火 火势 火情 自燃 爆炸 爆燃 烧伤 烧死
        """,
        except: """
          消防火灾演练 火灾演练 火灾隐患 如果发生火灾 如发生火灾 若发生火灾 一旦发生火灾 万一发生火灾 发生火灾时 遇到火灾 引发火灾 引起火灾 造成火灾 预防火灾 \
          防范火灾 火灾预防 火灾保险 火灾自动报警 火灾报警系统 爆炸案 爆炸性增长 知识爆炸 信息爆炸 大火锅 着火锅
          """),
      Entry(
        "坍塌滑坡",
        """
        坍塌 垮塌 倒塌 塌方 塌陷 塌了 楼体倾斜 房屋倾斜 墙体倾斜 随时会塌 随时倒塌 摇摇欲坠 山体滑坡 泥石流 溃坝 决堤 高空坠物 电梯坠落 电梯下坠 \
        电梯困人
        """,
        except: "塌陷区"),
      Entry(
        "未成年人受害",
        """
        虐待儿童 虐童 虐待孩子 虐待学生 体罚学生 殴打学生 殴打孩子 打学生 校园暴力 校园霸凌 校园欺凌 霸凌 猥亵 性侵 强奸 拐卖 拐骗 孩子失踪 孩子走失 儿童走失 食物中毒 弃婴 \
        未成年人受伤
        """),
    ])
}
