//! The words of the trade, in Chinese and English, from which titles and texts are made.

/// A word in both languages.
pub(super) type Word = (&'static str, &'static str);

pub(super) const PRODUCTS: &[Word] = &[
    ("云主机", "Cloud Server"),
    ("裸金属服务器", "Bare Metal Server"),
    ("弹性伸缩", "Auto Scaling"),
    ("对象存储", "Object Storage"),
    ("云硬盘", "Block Storage"),
    ("文件存储", "File Storage"),
    ("云备份", "Cloud Backup"),
    ("容器引擎", "Container Engine"),
    ("容器镜像服务", "Container Registry"),
    ("服务网格", "Service Mesh"),
    ("函数计算", "Function Compute"),
    ("虚拟私有云", "Virtual Private Cloud"),
    ("负载均衡", "Load Balancer"),
    ("云专线", "Direct Connect"),
    ("内容分发网络", "Content Delivery Network"),
    ("云解析", "Cloud DNS"),
    ("云数据库 MySQL", "MySQL Database"),
    ("云数据库 PostgreSQL", "PostgreSQL Database"),
    ("分布式缓存 Redis", "Redis Cache"),
    ("文档数据库", "Document Database"),
    ("数据仓库", "Data Warehouse"),
    ("数据治理中心", "Data Governance Center"),
    ("消息队列", "Message Queue"),
    ("API 网关", "API Gateway"),
    ("日志服务", "Log Service"),
    ("云监控", "Cloud Monitoring"),
    ("统一身份认证", "Identity and Access Management"),
    ("密钥管理", "Key Management"),
    ("Web 应用防火墙", "Web Application Firewall"),
    ("主机安全", "Host Security"),
    ("云堡垒机", "Bastion Host"),
    ("数据加密服务", "Data Encryption"),
    ("AI 开发平台", "AI Platform"),
    ("大模型推理服务", "Model Inference"),
    ("语音识别", "Speech Recognition"),
    ("文字识别", "Text Recognition"),
    ("物联网平台", "IoT Platform"),
    ("视频直播", "Live Streaming"),
    ("低代码平台", "Low-code Platform"),
    ("云桌面", "Cloud Desktop"),
];

pub(super) const INDUSTRIES: &[Word] = &[
    ("制造", "Manufacturing"),
    ("零售", "Retail"),
    ("医疗", "Healthcare"),
    ("政务", "Government"),
    ("教育", "Education"),
    ("金融", "Finance"),
    ("物流", "Logistics"),
    ("汽车", "Automotive"),
    ("能源", "Energy"),
    ("电力", "Power"),
    ("文旅", "Tourism"),
    ("传媒", "Media"),
    ("游戏", "Gaming"),
    ("地产", "Real Estate"),
    ("农业", "Agriculture"),
    ("化工", "Chemicals"),
    ("电子", "Electronics"),
    ("交通", "Transport"),
    ("保险", "Insurance"),
    ("跨境电商", "Cross-border Commerce"),
];

pub(super) const SCENARIOS: &[Word] = &[
    ("数据中台", "Data Platform"),
    ("云上灾备", "Disaster Recovery"),
    ("混合云", "Hybrid Cloud"),
    ("核心系统上云", "Core System Migration"),
    ("智能质检", "Visual Inspection"),
    ("数字化供应链", "Digital Supply Chain"),
    ("全渠道会员", "Omnichannel Membership"),
    ("在线课堂", "Online Classroom"),
    ("影像云", "Imaging Cloud"),
    ("一网通办", "One-stop Services"),
    ("等保合规", "Compliance"),
    ("容器化改造", "Container Adoption"),
    ("大数据分析", "Analytics"),
    ("设备预测性维护", "Predictive Maintenance"),
    ("智能客服", "Customer Service Assistant"),
    ("远程办公", "Remote Work"),
    ("视频监控上云", "Video Surveillance"),
    ("多云管理", "Multi-cloud Management"),
    ("绿色低碳", "Green Computing"),
    ("风控建模", "Risk Modelling"),
];

pub(super) const PROGRAMS: &[Word] = &[
    ("解决方案提供商计划", "Solution Provider Program"),
    ("总经销商计划", "Distributor Program"),
    ("云经销商计划", "Reseller Program"),
    ("服务伙伴计划", "Service Partner Program"),
    ("云商店客户服务商计划", "Marketplace Service Provider Program"),
    ("共拓计划", "Co-development Program"),
    ("EI 采购介入类伙伴计划", "EI Procurement Program"),
];

pub(super) const BENEFITS: &[Word] = &[
    ("市场发展基金", "Market Development Fund"),
    ("一次性工程费用（NRE）", "One-time Engineering Fee (NRE)"),
    ("专职人员激励（FH）", "Dedicated Personnel Incentive (FH)"),
    ("测试券", "Test Coupons"),
    ("考试券", "Exam Vouchers"),
    ("云上实验室", "Cloud Labs"),
    ("联合营销基金", "Joint Marketing Fund"),
    ("技术支持权益", "Technical Support Benefit"),
];

pub(super) const REGIONS: &[Word] = &[
    ("华东", "East"),
    ("华南", "South"),
    ("华北", "North"),
    ("华中", "Central"),
    ("西南", "Southwest"),
    ("西北", "Northwest"),
    ("东北", "Northeast"),
    ("港澳", "Hong Kong and Macao"),
];

pub(super) const CITIES: &[Word] = &[
    ("杭州", "Hangzhou"),
    ("苏州", "Suzhou"),
    ("宁波", "Ningbo"),
    ("合肥", "Hefei"),
    ("成都", "Chengdu"),
    ("武汉", "Wuhan"),
    ("深圳", "Shenzhen"),
    ("广州", "Guangzhou"),
    ("厦门", "Xiamen"),
    ("青岛", "Qingdao"),
    ("西安", "Xi'an"),
    ("郑州", "Zhengzhou"),
    ("长沙", "Changsha"),
    ("南昌", "Nanchang"),
    ("天津", "Tianjin"),
    ("沈阳", "Shenyang"),
];

pub(super) const CUSTOMERS: &[Word] = &[
    ("三甲医院", "hospital"),
    ("连锁超市", "supermarket chain"),
    ("城商行", "city bank"),
    ("汽车零部件厂", "car parts maker"),
    ("职业学院", "vocational college"),
    ("政务服务中心", "city services center"),
    ("物流园区", "logistics park"),
    ("电子装配厂", "electronics plant"),
    ("文旅集团", "tourism group"),
    ("服饰品牌", "fashion brand"),
    ("光伏企业", "solar company"),
    ("食品集团", "food group"),
    ("在线教育公司", "online school"),
    ("游戏工作室", "game studio"),
];

pub(super) const SOURCES: &[Word] = &[
    ("自建机房", "on-premises servers"),
    ("VMware 集群", "VMware clusters"),
    ("Oracle 数据库", "Oracle databases"),
    ("SQL Server", "SQL Server"),
    ("Hadoop 平台", "Hadoop platforms"),
    ("NAS 存储", "NAS storage"),
    ("传统中间件", "legacy middleware"),
    ("其他云平台", "other clouds"),
];

pub(super) const ACTIONS: &[Word] = &[
    ("开通与配置", "Setup"),
    ("扩容", "Scaling Up"),
    ("备份与恢复", "Backup and Restore"),
    ("监控告警", "Monitoring and Alerts"),
    ("安全加固", "Hardening"),
    ("成本优化", "Cost Control"),
    ("故障排查", "Troubleshooting"),
    ("权限管理", "Access Control"),
    ("跨账号迁移", "Cross-account Migration"),
    ("续费与退订", "Renewal and Cancellation"),
];

pub(super) const MONEY: &[Word] = &[
    ("伙伴账单核对", "Partner Bill Check"),
    ("结算与开票", "Settlement and Invoicing"),
    ("激励确认与申付", "Incentive Confirmation and Payout"),
    ("提现申请", "Withdrawals"),
    ("发票信息维护", "Invoice Information"),
    ("客户代金券发放", "Coupons for Customers"),
    ("商业信息认证", "Business Information Check"),
    ("对账结算", "Reconciliation"),
];

pub(super) const LEVELS: &[Word] = &[
    ("初级", "Associate"),
    ("中级", "Professional"),
    ("高级", "Expert"),
    ("售前", "Pre-sales"),
    ("交付", "Delivery"),
    ("运维", "Operations"),
];

pub(super) const THINGS: &[Word] = &[
    ("报价单", "Quotation"),
    ("工作说明书", "Statement of Work"),
    ("调研表", "Survey"),
    ("验收报告", "Acceptance Report"),
    ("投标应答", "Tender Response"),
    ("项目周报", "Weekly Report"),
    ("迁移评估表", "Migration Assessment"),
    ("架构设计书", "Architecture Design"),
    ("成本测算表", "Cost Calculator"),
    ("会议纪要", "Minutes"),
];

/// Sentences of a text; `{p}` is the product, `{i}` the industry, `{s}` the scenario, `{r}` the region, `{n}` a number.
pub(super) const SENTENCES: &[Word] = &[
    ("{p}按实际用量计费，伙伴在控制台可查看每日明细。", "{p} is billed by use, and partners see each day's lines in the console."),
    (
        "返点以月度实付金额为基数，退订与代金券抵扣部分不计入业绩。",
        "Rebates are a share of what was paid in the month; cancellations and coupons do not count.",
    ),
    (
        "结算以次月账单为准，开票信息须在申请前完成认证。",
        "Settlement follows the next month's bill, and invoice information must be verified before a request.",
    ),
    (
        "{i}客户关注数据不出域，建议采用专属资源池与{p}组合部署。",
        "{i} customers want data to stay in place, so a dedicated pool with {p} is advised.",
    ),
    (
        "迁移分为评估、试点、割接三个阶段，回退窗口不少于 {n} 小时。",
        "Migration has three phases, assessment, pilot and cut-over, with at least {n} hours to go back.",
    ),
    (
        "上线前请完成容量评估，并为业务高峰预留 {n}% 的余量。",
        "Before going live, assess the capacity and keep {n} percent in reserve for the peak.",
    ),
    (
        "{r}区域由生态经理统一受理，材料齐全后约 5 个工作日答复。",
        "In the {r} region the ecosystem manager answers about 5 working days after everything has been handed in.",
    ),
    (
        "{s}方案已在 {n} 家{i}客户落地，平均交付周期缩短三成。",
        "The {s} solution runs at {n} {i} customers and is delivered in two thirds of the time.",
    ),
    (
        "每季度复核一次考核指标，连续两个季度未达标的伙伴将收到提醒。",
        "Targets are reviewed every quarter, and partners who miss them twice in a row are told.",
    ),
    ("{p}支持跨可用区部署，单实例可用性目标为 99.95%。", "{p} can be deployed across zones, with an availability target of 99.95 percent."),
    ("演练记录应保存 {n} 个月，供年度审计抽查。", "Keep the records of each drill for {n} months; the yearly audit looks at some of them."),
    ("常见问题见附录，未列出的情形请通过工单提交。", "The appendix answers common questions; open a ticket for anything else."),
    (
        "培训结束后提供 {n} 道练习题，通过率计入能力标签评审。",
        "After the course there are {n} exercises, and the results count towards capability labels.",
    ),
    (
        "模板中的灰色单元格含公式，请勿改动；黄色单元格由伙伴填写。",
        "Grey cells hold formulas and stay as they are; partners fill in the yellow ones.",
    ),
    (
        "客户数据的访问须逐次授权，授权记录可在审计日志中查询。",
        "Each access to customer data needs a grant of its own, which the audit log shows.",
    ),
    (
        "{s}涉及的第三方许可由伙伴自行采购，报价时请单独列示。",
        "Partners buy third-party licences for {s} themselves and show them separately in the offer.",
    ),
    (
        "本文适用于{r}区域{i}行业的签约伙伴，其他区域另行通知。",
        "This document is for {i} partners in the {r} region; other regions will be told separately.",
    ),
    (
        "建议先在测试环境验证{p}的参数，再分批推广到生产环境。",
        "Try the parameters of {p} in a test environment first, then roll them out in steps.",
    ),
];

/// Sentences of a policy's summary.
pub(super) const POLICY_SUMMARIES: &[Word] = &[
    ("含适用范围、计算口径与示例。", "Scope, method and examples."),
    ("适用于{r}区域，自发布之日起执行。", "For the {r} region, in force from the day of publication."),
    ("面向{i}行业伙伴，附材料清单。", "For {i} partners, with a list of what to hand in."),
    ("仅统计{p}的实付金额。", "Only what was paid for {p} counts."),
    ("含 {n} 个计算示例与对照表。", "With {n} worked examples and a table."),
    ("考核与兑现规则以合同约定为准。", "The contract decides targets and payout."),
    ("请配合最新版价目表使用。", "Use it together with the latest price list."),
    ("与上一版相比调整了档位与时限。", "Levels and deadlines changed since the last edition."),
    ("由生态经理负责解释。", "Ask your ecosystem manager about it."),
];

/// Sentences of the summary of a white paper, a solution or a case.
pub(super) const PRODUCT_SUMMARIES: &[Word] = &[
    ("说明{p}的适用场景、规格与限制。", "What {p} is for, its sizes and its limits."),
    ("面向{i}行业客户，附实施步骤。", "For {i} customers, with the steps to take."),
    ("覆盖{s}的架构、报价要点与常见问题。", "Architecture, pricing and common questions of {s}."),
    ("可直接用于客户交流，数据已脱敏。", "Ready for customer meetings; the figures are anonymous."),
    ("含架构图与 {n} 项测试结果。", "With a diagram and {n} test results."),
    ("与上一版相比更新了规格与价格口径。", "Sizes and prices updated since the last edition."),
    ("由交付团队整理，含真实项目的经验教训。", "Put together by the delivery team, with lessons from real projects."),
    ("附部署清单与回退方案。", "With a deployment list and a way back."),
];

/// Sentences of the summary of a guide or a course.
pub(super) const SUPPORT_SUMMARIES: &[Word] = &[
    ("逐步截图，约 {n} 分钟可完成。", "Step by step with pictures; takes about {n} minutes."),
    ("附检查清单与常见问题。", "With a check list and common questions."),
    ("适用于{r}区域的签约伙伴。", "For partners in the {r} region."),
    ("面向{i}行业的交付与运维人员。", "For delivery and operations people in {i}."),
    ("涵盖{p}控制台与接口两种方式。", "Covers the console and the API of {p}."),
    ("含 {n} 道练习与答案。", "With {n} exercises and their answers."),
    ("操作前请确认账号具备相应权限。", "Check first that your account has the permission."),
    ("遇到未列出的情形请提交工单。", "Open a ticket for anything that is not in it."),
];

/// Sentences of a template's summary.
pub(super) const TEMPLATE_SUMMARIES: &[Word] = &[
    ("可直接填写，黄色单元格为必填。", "Ready to fill in; yellow cells are required."),
    ("含公式与校验，请勿改动灰色区域。", "With formulas and checks; leave the grey parts alone."),
    ("附填写说明与样例。", "With instructions and an example."),
    ("适用于{i}行业项目。", "For {i} projects."),
    ("已按{p}最新价目更新。", "Updated to the latest prices of {p}."),
    ("共 {n} 项，可按项目裁剪。", "{n} items; leave out what your project does not need."),
];
