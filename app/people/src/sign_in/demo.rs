//! The demo accounts that the sign-in page lists (contract.md). Shown in demo mode only; production has none of them.

use domain::{Text, text};

/// The password of every demo account.
pub const PASSWORD: &str = "partner-demo";

/// A demo account.
#[derive(Clone, Copy, Debug)]
pub struct DemoAccount {
    /// Sign-in address.
    pub email: &'static str,
    /// The person or company.
    pub name: &'static str,
    /// Who that is.
    pub who: Text,
}

const fn account(email: &'static str, name: &'static str, zh: &'static str, en: &'static str) -> DemoAccount {
    DemoAccount { email, name, who: text(zh, en) }
}

/// How many stand in front of "more accounts".
pub const FIRST: usize = 6;

/// All of them.
pub const ACCOUNTS: &[DemoAccount] = &[
    account("admin@lanhai.example", "陈思远", "澜海数科・管理员", "Lanhai, administrator"),
    account("finance@lanhai.example", "林晓雯", "澜海数科・财务专员", "Lanhai, finance clerk"),
    account("sales@lanhai.example", "周子涵", "澜海数科・客户经理", "Lanhai, account manager"),
    account("admin@qinghe.example", "青禾云联", "总经销商・管理员", "Distributor, administrator"),
    account("admin@newbie.example", "新芽网络", "未加入任何计划", "In no program yet"),
    account("content@vendor.example", "内容运营", "北屿云・厂商控制台", "Vendor, content operations"),
    account("director@lanhai.example", "许闻笛", "澜海数科・客户经理主管", "Lanhai, account director"),
    account("sa@lanhai.example", "苏映", "澜海数科・SA专人", "Lanhai, solution architect"),
    account("admin@xiaolu.example", "小鹿云服务", "云经销商・管理员", "Reseller, administrator"),
    account("admin@yunfan.example", "云帆信息", "解决方案提供商・小规模纳税人", "Solution provider, small-scale taxpayer"),
    account("admin@fuwu.example", "孚务数字", "服务伙伴・管理员", "Service partner, administrator"),
    account("admin@zhisuan.example", "智算前沿", "EI采购介入类伙伴", "EI procurement partner"),
    account("outsider@example.com", "外部账号", "不在伙伴网络", "Outside the partner network"),
    account("buyer@customer.example", "终端客户", "澜海数科的客户", "Customer of Lanhai"),
    account("buyer@nocontact.example", "终端客户", "无联系人的伙伴的客户", "Customer of a partner without contacts"),
    account("person@example.com", "个人账号", "可被邀请的个人", "A person who can be invited"),
    account("manager@vendor.example", "沈亦舟", "北屿云・生态经理", "Vendor, ecosystem manager"),
    account("finance@vendor.example", "顾清", "北屿云・财经", "Vendor, finance"),
    account("finance2@vendor.example", "黎佳", "北屿云・财经复核", "Vendor, second finance"),
    account("operations@vendor.example", "运营", "北屿云・运营", "Vendor, operations"),
    account("support@vendor.example", "客服", "北屿云・客服", "Vendor, support"),
];
