/// Traditional characters that stand for one simplified character each, as far as they occur in place names, signs and
/// everyday words. A character that isn't listed stays as it is: a name written with it is found if the directory lists it
/// so, as an alias.
enum TraditionalForms {
  static func simplified(_ value: UInt32) -> UInt32 {
    simplified(value, table)
  }

  /// - Parameter table: ``table``, which whoever asks often holds.
  @inline(__always)
  static func simplified(_ value: UInt32, _ table: [UInt16]) -> UInt32 {
    guard value >= first, value < first + UInt32(table.count) else { return value }
    let simple = table[Int(value - first)]
    return simple == 0 ? value : UInt32(simple)
  }

  private static let first: UInt32 = 0x4E00

  /// By code point from ``first`` on: the simplified one, 0 where there is none.
  static let table: [UInt16] = {
    var table = [UInt16](repeating: 0, count: 0xA000 - Int(first))
    for pair in pairs.split(whereSeparator: \.isWhitespace) {
      let scalars = Array(pair.unicodeScalars)
      precondition(scalars.count == 2, "not a pair of characters: \(pair)")
      table[Int(scalars[0].value - first)] = UInt16(scalars[1].value)
    }
    return table
  }()

  private static let pairs = """
    縣县 鎮镇 鄉乡 區区 灣湾 橋桥 莊庄 嶺岭 島岛 溝沟 澗涧 礦矿 礆硷 壩坝 墳坟 園园 圍围 場场 塊块 塢坞 龍龙 馬马 鳳凤 鳥鸟 雞鸡 鴨鸭 魚鱼 龜龟 羅罗 劉刘 陳陈 張张 楊杨 \
    趙赵 黃黄 吳吴 鄭郑 謝谢 許许 鄧邓 馮冯 韓韩 葉叶 蘇苏 盧卢 蔣蒋 賈贾 鄒邹 陸陆 萬万 錢钱 湯汤 賴赖 龔龚 蕭萧 顧顾 譚谭 閻阎 鍾钟 歐欧 東东 長长 門门 豐丰 華华 興兴 \
    榮荣 義义 禮礼 壽寿 寧宁 廣广 濱滨 濟济 漢汉 漁渔 瀘泸 滬沪 灘滩 澤泽 濕湿 湧涌 淚泪 潔洁 濃浓 洩泄 滅灭 溫温 測测 淺浅 氣气 煙烟 燒烧 燈灯 爐炉 爛烂 爭争 熱热 災灾 無无 \
    爲为 為为 電电 話话 機机 線线 網网 號号 碼码 學学 兒儿 師师 嬰婴 婦妇 媽妈 爺爷 殺杀 傷伤 斃毙 毆殴 鬥斗 綁绑 搶抢 槍枪 彈弹 鋸锯 劍剑 強强 姦奸 騙骗 騷骚 擾扰 擊击 \
    壓压 墜坠 墮堕 觸触 險险 樓楼 牆墙 頂顶 閣阁 廠厂 廟庙 廳厅 廢废 庫库 廈厦 應应 屍尸 層层 屬属 歲岁 崗岗 嶇岖 訴诉 訟讼 復复 議议 審审 級级 終终 結结 決决 書书 訪访 \
    證证 據据 認认 識识 談谈 請请 論论 講讲 記记 訊讯 討讨 訂订 評评 詐诈 詢询 試试 該该 誤误 說说 讀读 調调 課课 誰谁 變变 讓让 護护 報报 執执 處处 罰罚 違违 規规 則则 \
    監监 獄狱 獎奖 權权 責责 務务 勞劳 動动 員员 團团 國国 圖图 圓圆 開开 關关 閉闭 間间 問问 聞闻 閥阀 陰阴 陽阳 隊队 階阶 際际 隨随 隱隐 難难 離离 雙双 雜杂 雲云 霧雾 \
    靈灵 靜静 頭头 題题 顏颜 願愿 類类 風风 飛飞 飯饭 飲饮 餓饿 館馆 個个 們们 來来 倉仓 側侧 備备 傳传 債债 價价 億亿 優优 會会 體体 倆俩 偉伟 僅仅 準准 創创 劃划 劇剧 \
    劑剂 勝胜 勢势 勵励 協协 單单 卻却 廚厨 參参 叢丛 嗎吗 嘗尝 噴喷 嚇吓 嚴严 壞坏 壯壮 夠够 夢梦 奪夺 奮奋 實实 寫写 寶宝 將将 專专 尋寻 導导 對对 屆届 帳帐 帶带 幫帮 \
    幹干 幾几 廁厕 徑径 從从 後后 徵征 恆恒 惡恶 惱恼 愛爱 慘惨 慮虑 慶庆 憂忧 憑凭 憤愤 懇恳 懷怀 懸悬 戲戏 戶户 捨舍 掃扫 掛挂 採采 揚扬 換换 揮挥 損损 搖摇 擁拥 擇择 \
    擋挡 擔担 擠挤 擴扩 擺摆 攔拦 攝摄 敗败 數数 斷断 時时 晝昼 曆历 曬晒 條条 棄弃 棟栋 樂乐 樣样 樹树 檔档 檢检 櫃柜 欄栏 歡欢 歷历 歸归 殘残 毀毁 氈毡 沒没 況况 淨净 \
    減减 滯滞 滲渗 漲涨 潛潜 潰溃 灑洒 狀状 獨独 獲获 獻献 現现 環环 產产 畝亩 畢毕 異异 當当 療疗 癢痒 癥症 發发 皺皱 盜盗 盡尽 盤盘 眾众 睜睁 礙碍 禍祸 種种 稅税 穀谷 \
    積积 穩稳 窮穷 竄窜 競竞 筆笔 節节 範范 築筑 簡简 簽签 糧粮 糾纠 約约 紅红 紙纸 紀纪 納纳 純纯 紛纷 細细 紹绍 給给 絕绝 統统 經经 維维 緊紧 緩缓 編编 練练 縮缩 總总 \
    績绩 織织 繞绕 繳缴 繼继 續续 罵骂 習习 聯联 聲声 職职 聽听 腦脑 腳脚 膽胆 臨临 舉举 舊旧 艙舱 艱艰 藝艺 藥药 蘭兰 虛虚 蟲虫 補补 裝装 裡里 裏里 製制 複复 襲袭 見见 \
    視视 親亲 覺觉 覽览 觀观 貓猫 財财 貧贫 貨货 販贩 貪贪 貴贵 買买 費费 賃赁 資资 賊贼 賓宾 賣卖 賠赔 質质 賭赌 購购 贈赠 贓赃 趕赶 跡迹 踐践 車车 軌轨 軍军 軟软 較较 \
    載载 輕轻 輛辆 輪轮 輸输 轉转 辦办 農农 連连 進进 遊游 運运 過过 達达 遞递 遠远 適适 遲迟 遷迁 選选 遺遗 邊边 鄰邻 醫医 釋释 釘钉 針针 鈣钙 鉛铅 銀银 銅铜 銷销 鋪铺 \
    錄录 錯错 鍋锅 鎖锁 鏈链 鐘钟 鐵铁 鑽钻
    """
}
