//! The documents that people, tests and the documentation name: written by hand, always the first ones, always the same ids.

use domain::{
    access::{Identity, Program},
    library::{Category, Format, Language},
};

/// A document written by hand.
pub(super) struct Featured {
    pub category: Category,
    pub format: Format,
    pub language: Language,
    pub title: &'static str,
    pub summary: &'static str,
    /// A sentence that stands only in the file.
    pub inside: &'static str,
    /// About how large the file is.
    pub bytes: usize,
    pub identities: &'static [Identity],
    pub programs: &'static [Program],
    /// When each version came, and what it changed.
    pub versions: &'static [Version],
    pub fate: Fate,
    /// Where a link leads.
    pub link: Option<&'static str>,
}

/// A version: day, time of the day, and what it changed against the one before.
pub(super) type Version = (&'static str, (i64, i64), &'static str);

/// What became of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Never published.
    Draft,
    /// In the library.
    Published,
    /// Taken out of it on a day.
    Withdrawn(&'static str),
}

const fn zh(
    category: Category,
    format: Format,
    title: &'static str,
    summary: &'static str,
    bytes: usize,
    versions: &'static [Version],
) -> Featured {
    Featured {
        category,
        format,
        language: Language::Zh,
        title,
        summary,
        inside: "",
        bytes,
        identities: &[],
        programs: &[],
        versions,
        fate: Fate::Published,
        link: None,
    }
}

const fn en(
    category: Category,
    format: Format,
    title: &'static str,
    summary: &'static str,
    bytes: usize,
    versions: &'static [Version],
) -> Featured {
    Featured { language: Language::En, ..zh(category, format, title, summary, bytes, versions) }
}

use Category::{
    BusinessGuide as Guide, BusinessTemplate as Template, BusinessTraining as Training, PolicyBenefit as Benefit,
    PolicyIncentive as Incentive, PolicyProgram as Membership, ProductCase as Case, ProductSolution as Solution,
    ProductWhitepaper as Whitepaper,
};
use Format::{Docx, Epub, Link, Mp4, Pdf, Png, Pptx, Txt, Xlsx, Zip};

/// All of them. The order never changes; new ones are added at the end.
pub(super) const FEATURED: &[Featured] = &[
    Featured {
        fate: Fate::Draft,
        ..zh(Incentive, Docx, "伙伴激励政策（征求意见稿）", "尚未定稿，请勿外传。", 24_000, &[("2023-11-06", (10, 0), "")])
    },
    Featured {
        fate: Fate::Draft,
        ..zh(Whitepaper, Pdf, "大模型推理服务伙伴定价（讨论稿）", "价格待确认。", 30_000, &[("2023-11-07", (15, 20), "")])
    },
    Featured {
        inside: "解决方案提供商在 2026 年 7 月 1 日之后新签的云商店订单，按专项返点 8% 计提；历史订单仍按原档位执行。",
        ..zh(
            Incentive,
            Pdf,
            "2026 年下半年解决方案提供商激励政策",
            "返点比例、考核指标与兑现方式，适用于 2026 年 7 月至 12 月。",
            2_100_000,
            &[
                ("2026-05-18", (10, 0), ""),
                ("2026-06-01", (16, 30), "调整服务类产品的返点档位"),
                ("2026-06-16", (15, 20), "新增云商店专项，Q3 起执行"),
            ],
        )
    },
    zh(Incentive, Xlsx, "激励指标与目标测算表（2026 H2）", "含公式，可按客户填写", 486_000, &[("2026-06-16", (15, 5), "")]),
    Featured {
        inside: "小规模纳税人按 1% 征收率开票时，激励通知金额与开票金额的差额见示例 4。",
        ..zh(
            Incentive,
            Pdf,
            "激励结算与开票操作指引",
            "一般纳税人与小规模纳税人示例",
            1_700_000,
            &[("2025-11-20", (11, 0), ""), ("2026-05-28", (14, 10), "一般纳税人与小规模纳税人示例")],
        )
    },
    zh(Incentive, Pptx, "伙伴激励政策宣讲材料", "40 页，含常见问题", 8_900_000, &[("2026-05-20", (9, 30), "")]),
    zh(Incentive, Pdf, "负激励与抵扣规则说明", "含 12 个计算示例", 920_000, &[("2026-04-30", (17, 0), "")]),
    Featured {
        identities: &[Identity::Distributor, Identity::Reseller, Identity::Csp],
        ..zh(
            Incentive,
            Pdf,
            "代售模式激励“记欠票”规则",
            "适用 2023 年 10 月后新产生的激励",
            640_000,
            &[
                ("2023-10-12", (10, 20), ""),
                ("2024-08-05", (10, 20), "补充跨月退订的处理"),
                ("2026-04-18", (16, 40), "适用 2023 年 10 月后新产生的激励"),
            ],
        )
    },
    Featured {
        identities: &[Identity::Distributor, Identity::Csp],
        ..zh(
            Incentive,
            Xlsx,
            "业绩计入范围对照表",
            "按云服务逐项列明",
            312_000,
            &[
                ("2024-01-10", (9, 0), ""),
                ("2024-07-08", (9, 0), "增加数据库服务"),
                ("2025-01-09", (9, 0), "增加安全服务"),
                ("2025-07-10", (9, 0), "增加大模型推理服务"),
                ("2026-04-02", (9, 0), "按云服务逐项列明"),
            ],
        )
    },
    Featured {
        programs: &[Program::MarketplaceService],
        ..zh(Incentive, Pdf, "云商店商品激励专项细则", "仅适用客户服务商计划成员", 1_100_000, &[("2026-03-25", (11, 30), "")])
    },
    Featured {
        identities: &[Identity::Distributor],
        inside: "总经销商下级云经销商的业绩按 70% 折算计入总经销商考核。",
        ..zh(
            Incentive,
            Pdf,
            "总经销商返点与额度政策（2026 年下半年）",
            "总经销商的返点档位、代金券额度与下级伙伴考核。",
            720_000,
            &[("2026-06-12", (10, 0), "")],
        )
    },
    Featured {
        identities: &[Identity::Distributor],
        ..zh(Template, Xlsx, "云经销商管理台账模板", "登记下级云经销商的签约、额度与回款。", 96_000, &[("2026-06-11", (16, 0), "")])
    },
    Featured {
        fate: Fate::Withdrawn("2026-05-06"),
        ..zh(Benefit, Pdf, "2025 年云主机老款实例促销说明", "老款实例的折扣与截止日期。", 180_000, &[("2025-09-10", (10, 0), "")])
    },
    Featured {
        link: Some("https://help.beiyu.example/billing/overview"),
        ..zh(
            Guide,
            Link,
            "北屿云帮助中心：计费说明",
            "按量、包年包月与资源包的计费规则，以帮助中心为准。",
            0,
            &[("2026-06-15", (10, 30), "")],
        )
    },
    Featured {
        inside: "竞价实例的价格每小时更新一次，回收前 2 分钟通知。",
        ..zh(
            Whitepaper,
            Pdf,
            "云主机产品白皮书（2026 年 6 月版）",
            "实例规格、计费方式与可用区分布。",
            1_400_000,
            &[("2025-12-08", (10, 0), ""), ("2026-06-18", (11, 20), "新增第七代实例与竞价实例说明")],
        )
    },
    zh(
        Template,
        Xlsx,
        "伙伴项目报价单模板（含税价自动计算）",
        "按一般纳税人与小规模纳税人分列税额。",
        268_000,
        &[("2026-06-18", (9, 40), "")],
    ),
    Featured {
        inside: "每季度组织一次蓝鲸演练：切断主站点专线，九十秒内由备站点接管订单与产线系统。",
        ..zh(
            Solution,
            Pptx,
            "制造行业云上灾备解决方案 V2.1",
            "同城双活与异地灾备两档方案，含报价要点。",
            1_900_000,
            &[("2026-06-17", (17, 5), "")],
        )
    },
    Featured {
        programs: &[Program::MarketplaceService],
        ..zh(
            Membership,
            Pdf,
            "云商店客户服务商计划准入要求（2026 修订）",
            "加入条件、材料清单与审核时限。",
            540_000,
            &[("2026-06-17", (14, 30), "")],
        )
    },
    Featured {
        inside: "银行卡提现被驳回后，修改支行信息即可重新提交，原申请保留在列表中。",
        ..zh(
            Guide,
            Pdf,
            "提现申请与到账时间操作指引",
            "三种资金的提现路径、验证码与驳回后的处理。",
            780_000,
            &[("2026-06-17", (10, 15), "")],
        )
    },
    Featured {
        inside: "Bucket policies are evaluated before access points, and a denied request is logged with its principal.",
        ..en(
            Whitepaper,
            Pdf,
            "Object Storage Security White Paper",
            "Encryption, bucket policies and audit trails.",
            1_050_000,
            &[("2026-06-17", (9, 0), "")],
        )
    },
    zh(Case, Pdf, "宁波远港制造：核心系统上云实践案例", "ERP 与 MES 分三批割接，停机 4 小时。", 860_000, &[("2026-06-16", (11, 0), "")]),
    zh(Training, Mp4, "云商店专属优惠分享操作视频", "从选品、复制链接到查看点击，共 6 分钟。", 1_200_000, &[("2026-06-16", (9, 30), "")]),
    zh(Guide, Docx, "客户代售关联与拨款操作指引", "关联类型的选择、拨款与回收的步骤。", 220_000, &[("2026-06-15", (16, 40), "")]),
    zh(
        Training,
        Pptx,
        "解决方案提供商新员工培训课件（2026 年 6 月）",
        "两天课程，含练习与答案。",
        1_600_000,
        &[("2026-06-15", (14, 0), "")],
    ),
    zh(Template, Png, "伙伴徽标使用规范示意图", "颜色、留白与最小尺寸。", 92_000, &[("2026-06-15", (9, 20), "")]),
    zh(Template, Zip, "投标应答资料包（资质与证书清单）", "资质证书、检测报告与承诺函模板。", 640_000, &[("2026-06-14", (18, 10), "")]),
    zh(Guide, Txt, "开放接口返回码速查表", "状态码、错误码与处理建议。", 0, &[("2026-06-14", (17, 30), "")]),
    zh(Training, Epub, "伙伴技术手册：容器引擎入门", "从镜像、工作负载到弹性伸缩。", 0, &[("2026-06-14", (16, 0), "")]),
    en(
        Guide,
        Pdf,
        "Partner Bill: How to Read It",
        "Consumption, refunds and adjustments, line by line.",
        410_000,
        &[("2026-06-14", (15, 0), "")],
    ),
    zh(
        Membership,
        Docx,
        "合作伙伴网络协议（2026 版）",
        "协议正文与附件，签署前请完整阅读。",
        150_000,
        &[("2026-06-14", (14, 20), ""), ("2026-06-17", (8, 50), "更新数据保护附件")],
    ),
    Featured {
        programs: &[Program::ServiceProgram],
        ..zh(
            Benefit,
            Pdf,
            "服务伙伴专职人员激励（FH）月度核验指引",
            "核验材料、14 个工作日的时限与常见退回原因。",
            330_000,
            &[("2026-06-13", (10, 0), "")],
        )
    },
    Featured {
        programs: &[Program::EiProcurement],
        ..zh(Guide, Pdf, "EI 采购项目对账结算说明", "账单生成、确认与会签的顺序。", 290_000, &[("2026-06-13", (9, 30), "")])
    },
    Featured {
        identities: &[Identity::Distributor, Identity::Reseller],
        ..zh(Membership, Pdf, "云经销商快速注册指引", "由总经销商邀请或自行注册的步骤。", 210_000, &[("2026-06-12", (14, 0), "")])
    },
    zh(Solution, Pptx, "零售行业全渠道会员解决方案 V3.0", "会员打通、优惠核销与数据看板。", 1_300_000, &[("2026-06-12", (11, 30), "")]),
    zh(Whitepaper, Pdf, "云数据库 PostgreSQL 安全白皮书 V2.0", "传输与静态加密、审计与权限模型。", 690_000, &[("2026-06-12", (9, 50), "")]),
    zh(Benefit, Docx, "一次性工程费用（NRE）申请材料清单", "业务价值说明、工作说明书与里程碑。", 88_000, &[("2026-06-11", (15, 15), "")]),
];
