package import Time

/// The directory of an invented county, for an operator to begin with: it holds everything that one can say, and passes its
/// own check without a warning.
package enum DirectoryExample {
  /// The same for the same day.
  /// - Parameter day: floating deputies were confirmed at the beginning of its month, and days off are in its year.
  package static func yaml(on day: CalendarDate) -> String {
    let (year, month, _) = day.yearMonthDay
    let confirmed = (CalendarDate(year: year, month: month, day: 1) ?? day).description
    return """
      # 虚构的青禾县：人名、地名与任何真实的人和地方无关。
      # The directory of an invented county. Everything may stand in one file, or each list in a file of its own:
      #   huiyin directory check stations.yaml deputies.yaml …

      # version: 2026-1     Without one, it is worked out of the contents.

      # The rules to check by: general; 1+11+72 (every village station is headed by a county deputy, every deputy is in a
      # village station, 5 fixed voters); 1+11+N (floating deputies, confirmed every half-year; 3 to 5 deputies, 10 to 20
      # households).
      profile: 1+11+N

      # 联络站. Levels: city, county, district, township or street, village or community, grid-post. One station, the
      # root, has no parent: what nobody else is in charge of comes to it.
      stations:
        - id: qinghe
          name: 青禾县人大代表联络总站
          level: county
          region: 青禾县
          codes: [QH-S-QINGHE]                # what its QR codes say, where codes are not made by huiyin codes
          # First-level categories that stations handle themselves; others go to the department in charge, or to a
          # specialised station, and the station goes on supervising them. Holds for all below that don't say otherwise.
          # Without it a station handles all that comes to it:
          # handles: [城乡建设, 农村农业, 民政]

        - id: hekou
          name: 河口街道代表联络站
          level: street
          parent: qinghe
          region: 河口街道
          aliases: [老城区, 河口]             # what else people call the station or its place, and further places it serves
          duty: 每周三 9:00–11:30
          closed: [\(year)-07-01, \(year)-09-01/\(year)-09-03]   # the station's own days off: dates, and first/last
          head: d06                           # 站长
          codes: [QH-S-HEKOU]
        - {id: qiaobei, name: 桥北社区代表联络点, level: community, parent: hekou, region: 桥北社区, site: 桥北社区服务中心}
        # Two signs at one door: one site, counted once.
        - {id: qiaobei-linli, name: 桥北邻里中心代表工作室, level: community, parent: hekou, aliases: [桥北邻里中心], site: 桥北社区服务中心}
        - {id: dongyuan, name: 东园社区代表联络点, level: community, parent: hekou, region: 东园社区}

        - {id: liuxi, name: 柳溪镇代表联络站, level: township, parent: qinghe, region: 柳溪镇, head: d07}
        - {id: shanghe, name: 上河村代表联络点, level: village, parent: liuxi, region: 上河村, aliases: [上河]}
        - {id: xiahe, name: 下河村代表联络点, level: village, parent: liuxi, region: 下河村}
        - {id: xiahe-post, name: 下河村水口网格驿站, level: grid-post, parent: xiahe, aliases: [水口驿站]}

        - {id: lingxia, name: 岭下乡代表联络站, level: township, parent: qinghe, region: 岭下乡, head: d08}
        - {id: songping, name: 松坪村代表联络点, level: village, parent: lingxia, region: 松坪村}
        # A second station of 岭下乡, in the county seat, where many of its people live now.
        - {id: lingxia-city, name: 岭下乡城区代表联络站, level: township, parent: qinghe}

        # Stations for one matter take their categories from all the land of their parent.
        - {id: edu, name: 青禾县教育专业代表联络站, level: township, parent: qinghe, kind: education, categories: [教育文体]}
        - {id: mediation, name: 柳溪镇代表调解室, level: village, parent: liuxi, kind: mediation, categories: [政法]}

      # Land with a name of its own, served by a station.
      regions:
        - {id: jingkai, name: 青禾经济开发区, station: hekou, aliases: [开发区]}

      # 网格: every grid has a deputy, every deputy a grid.
      grids:
        - {id: hk-1, name: 桥北一网格, station: qiaobei, aliases: [滨河路]}
        - {id: hk-2, name: 东园一网格, station: dongyuan}
        - {id: hk-3, name: 开发区网格, region: jingkai}          # in a region: that region's station serves it
        - {id: lx-1, name: 上河一网格, station: shanghe}
        - {id: lx-2, name: 水口网格, station: xiahe, aliases: [水口自然村]}
        - {id: ls-1, name: 松坪一网格, station: songping}

      # 承办单位. Two may share a category where their land does not overlap.
      departments:
        - {id: zjj, name: 县住房和城乡建设局, categories: [城乡建设]}
        - {id: nyj, name: 县农业农村局, categories: [农村农业]}
        - {id: jyj, name: 县教育局, categories: [教育文体]}
        - {id: zfw, name: 县委政法委, categories: [政法]}
        - {id: rsj, name: 县人力资源和社会保障局, categories: [劳动和社会保障, 民政]}
        - {id: wjj, name: 县卫生健康局, categories: [卫生计生]}
        - {id: jtj, name: 县交通运输局, categories: [交通运输]}
        - {id: kfq, name: 开发区管理委员会, categories: [经济管理], jurisdiction: [jingkai]}   # of stations or regions
        - {id: fgj, name: 县发展改革局, categories: [经济管理], jurisdiction: [liuxi, lingxia]}
        # What only a higher level's department is in charge of is beyond the county's power: a deputy of that level
        # carries it to their own congress, and brings the answer back.
        - {id: shj, name: 市生态环境局, level: city, categories: [环境保护]}
        - {id: sgt, name: 省自然资源厅, level: provincial, categories: [国土资源]}

      # Levels: national, provincial, city, county, township.
      deputies:
        - {id: d01, name: 禾安, level: national, station: qiaobei, grid: hk-1}
        - {id: d02, name: 柳知远, level: provincial, station: dongyuan, grid: hk-2}
        - {id: d03, name: 溪明, level: city, station: hekou, grid: hk-3}
        - {id: d04, name: 岭青, level: city, station: lingxia, grid: ls-1}

        - id: d05
          name: 松立夏
          level: county
          station: lingxia-city
          grid: hk-2
          codes: [QH-D-05]
          # 流动代表: elected at home, living elsewhere, serving both.
          home: songping
          residence: lingxia-city
          confirmed: \(confirmed)               # when that was last looked into
          skills: [社情民意信息员, 群众矛盾调解员]
          groups:                             # beside the station, each with its reason
            - {name: 外乡镇代表服务站, reason: 现居住在河口街道}
            - {name: 帮搬团, reason: 就业}
          # Fixed contacts: numbers of citizens, never their names; deputies by id.
          contacts: {deputies: [d10, d11, d12]}
        - {id: d06, name: 闻桥, level: county, station: hekou, grid: hk-1, codes: [QH-D-06], contacts: {deputies: [d09, d13, d14]}}
        - {id: d07, name: 柳如川, level: county, station: liuxi, grid: lx-1, codes: [QH-D-07], contacts: {deputies: [d09, d10, d11, d12]}}
        - {id: d08, name: 岭上云, level: county, station: lingxia, grid: ls-1, codes: [QH-D-08], contacts: {deputies: [d12, d13, d14]}}

        - {id: d09, name: 何满仓, level: township, station: shanghe, grid: lx-1, contacts: {households: 12}, head-of: shanghe}
        - {id: d10, name: 水生, level: township, station: xiahe, grid: lx-2, skills: [乡村振兴指导员], contacts: {households: 10}}
        - {id: d11, name: 童立秋, level: township, station: xiahe-post, grid: lx-2, contacts: {households: 18}}
        - {id: d12, name: 松涛, level: township, station: songping, grid: ls-1, contacts: {households: 20}}
        - {id: d13, name: 园静, level: township, station: edu, grid: hk-2, skills: [政策法规宣讲员], contacts: {households: 15}}
        - {id: d14, name: 调和, level: township, station: mediation, grid: lx-1, skills: [群众矛盾调解员], contacts: {households: 11}}

      """
  }
}
