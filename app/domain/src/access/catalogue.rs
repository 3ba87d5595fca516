//! Every permission with who holds it: the table that menu, page, function, export and API read (domain.md F14).

use super::{DefaultsFor, Gate, Permission, Role, Rule, Side};

/// No permission is asked: public pages, sign-in. What uses it is a short list that a test prints.
pub struct Anyone;

impl Permission for Anyone {
    const RULE: Option<&'static Rule> = None;
}

/// Declares the catalogue: a type per permission and the table of all.
macro_rules! permissions {
    ($($name:ident = $code:literal $zh:literal $en:literal, $side:ident, money $money:literal,
        roles $roles:expr, defaults $defaults:expr, gates $gates:expr;)+) => {
        $(
            #[doc = concat!($en, " (`", $code, "`).")]
            pub struct $name;

            impl Permission for $name {
                const RULE: Option<&'static Rule> = Some(&Rule {
                    code: $code, label: crate::text::text($zh, $en), side: Side::$side, money: $money,
                    roles: $roles, defaults: $defaults, gates: $gates,
                });
            }
        )+

        /// Every permission of the product, in the order of the menu.
        pub const CATALOGUE: &[&Rule] = &[$(match $name::RULE { Some(rule) => rule, None => unreachable!() }),+];
    };
}

const NONE: &[DefaultsFor] = &[];
const SALES: &[DefaultsFor] = &[DefaultsFor::Sales];
const SALES_AND_PATHS_AND_OTHERS: &[DefaultsFor] = &[DefaultsFor::Sales, DefaultsFor::Paths, DefaultsFor::Others];
const PATHS: &[DefaultsFor] = &[DefaultsFor::Paths];

const EVERY_MEMBER: &[Role] = &[];
const ADMINISTRATOR: &[Role] = &[Role::Administrator];
const FINANCE: &[Role] = &[Role::Administrator, Role::FinanceClerk];
const CUSTOMERS: &[Role] = &[Role::Administrator, Role::AccountDirector, Role::AccountManager, Role::SolutionArchitect];
/// Who reaches every customer; account managers reach those assigned to them.
const EVERY_CUSTOMER: &[Role] = &[Role::Administrator, Role::AccountDirector, Role::SolutionArchitect];
const SUPERVISORS: &[Role] = &[Role::Administrator, Role::AccountDirector];
const CONSUMPTION: &[Role] = &[Role::Administrator, Role::AccountDirector, Role::AccountManager, Role::FinanceClerk];
const INCENTIVE_READERS: &[Role] = &[Role::Administrator, Role::AccountDirector, Role::FinanceClerk];
const SHARERS: &[Role] = &[Role::Administrator, Role::AccountDirector, Role::AccountManager];
const BENEFIT_READERS: &[Role] = &[Role::Administrator, Role::FinanceClerk, Role::SolutionArchitect];
const LABEL_APPLICANTS: &[Role] = &[Role::Administrator, Role::SolutionArchitect];

const TO_AGREE: &[Gate] = &[Gate::InNetwork];
const IN_NETWORK: &[Gate] = &[Gate::InNetwork, Gate::AgreementAccepted];
const IN_PROGRAM: &[Gate] = &[Gate::InNetwork, Gate::AgreementAccepted, Gate::ProgramJoined];
const NO_GATE: &[Gate] = &[];

permissions! {
    CanUsePortal = "home.view" "使用伙伴中心" "Use Partner Center", Partner, money false, roles EVERY_MEMBER, defaults NONE, gates IN_NETWORK;
    CanSeeBalance = "home.balance.view" "查看账户余额" "See the account balance", Partner, money false, roles FINANCE, defaults SALES, gates IN_NETWORK;
    CanTopUp = "home.topup.create" "充值" "Top up", Partner, money true, roles FINANCE, defaults SALES, gates IN_NETWORK;
    CanWithdraw = "home.withdraw.create" "提现" "Withdraw", Partner, money true, roles FINANCE, defaults SALES, gates IN_NETWORK;
    CanSetBalanceAlert = "home.balance_alert.set" "设置余额预警" "Set the balance alert", Partner, money false, roles FINANCE, defaults SALES, gates IN_NETWORK;
    CanJoinPrograms = "partner.program.join" "加入伙伴计划" "Join partner programs", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanSeeAgreements = "partner.agreement.view" "查看协议" "See agreements", Partner, money false, roles EVERY_MEMBER, defaults NONE, gates TO_AGREE;
    CanAcceptAgreements = "partner.agreement.accept" "签署协议" "Accept agreements", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates TO_AGREE;
    CanSeeCompany = "partner.company.view" "查看公司信息" "See company information", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanSeePersonal = "partner.personal.view" "查看个人信息" "See personal information", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanSeeAccount = "partner.account.view" "查看账号信息" "See account information", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanEditAccount = "partner.account.edit" "修改账号信息" "Edit account information", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanManageCredentials = "partner.credentials.manage" "管理我的凭证" "Manage my credentials", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanUseSupport = "support.entry" "支持" "Support", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanReadNews = "support.news.view" "查看公告" "Read news", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanSeeRealName = "partner.realname.view" "查看实名信息" "See real-name information", Partner, money false, roles ADMINISTRATOR, defaults SALES_AND_PATHS_AND_OTHERS, gates IN_NETWORK;
    CanUseSolutions = "solution.entry" "解决方案" "Solutions", Partner, money false, roles LABEL_APPLICANTS, defaults PATHS, gates IN_NETWORK;
    CanSeeCustomers = "sales.customer.view" "查看客户" "See customers", Partner, money false, roles CUSTOMERS, defaults NONE, gates IN_NETWORK;
    CanSeeEveryCustomer = "sales.customer.all" "查看全部客户" "See every customer", Partner, money false, roles EVERY_CUSTOMER, defaults NONE, gates IN_NETWORK;
    CanAssignCustomers = "sales.customer.assign" "分配客户" "Assign customers", Partner, money false, roles SUPERVISORS, defaults NONE, gates IN_NETWORK;
    CanSeeKnowledge = "sales.knowledge.view" "查看知识推荐" "See knowledge recommendations", Partner, money false, roles CUSTOMERS, defaults NONE, gates IN_NETWORK;
    CanSeeConsumption = "sales.consumption.view" "查看客户消费" "See consumption", Partner, money false, roles CONSUMPTION, defaults NONE, gates IN_NETWORK;
    CanExportCustomers = "sales.customer.export" "导出客户列表" "Export the customer list", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanSeeBill = "sales.bill.view" "查看伙伴账单" "See the partner bill", Partner, money false, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanExportBill = "sales.bill.export" "导出伙伴账单" "Export the partner bill", Partner, money false, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanPayBill = "sales.bill.pay" "支付伙伴账单" "Pay the partner bill", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanManageCoupons = "sales.coupon.manage" "管理代金券" "Manage coupons", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanSeeLedger = "sales.ledger.view" "查看收支明细" "See income and expense", Partner, money false, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanManageWithdrawals = "sales.withdrawal.manage" "管理全部提现" "Manage all withdrawals", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanSetTwoPeople = "sales.withdrawal.two_people" "设置提现内部复核" "Set the internal check of withdrawals", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanManageBankAccount = "sales.account.manage" "管理收款账户" "Manage the bank account", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanManageInvoices = "sales.invoice.manage" "管理发票" "Manage invoices", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanSeeReconciliation = "sales.reconciliation.view" "查看对账结算" "See reconciliation", Partner, money false, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanConfirmReconciliation = "sales.reconciliation.confirm" "确认对账结算" "Confirm reconciliation", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanSeeIncentives = "sales.incentive.view" "查看激励" "See incentives", Partner, money false, roles INCENTIVE_READERS, defaults NONE, gates IN_NETWORK;
    CanConfirmIncentives = "sales.incentive.confirm" "确认激励账单" "Confirm incentive statements", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanRequestPayment = "sales.incentive.request" "申请发放激励" "Request incentive payment", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanSeeOffers = "sales.offer.view" "查看专属优惠" "See exclusive offers", Partner, money false, roles CUSTOMERS, defaults NONE, gates IN_NETWORK;
    CanShareOffers = "sales.offer.share" "分享专属优惠" "Share exclusive offers", Partner, money false, roles SHARERS, defaults NONE, gates IN_NETWORK;
    CanApplyForOffers = "sales.offer.apply" "申请专属优惠" "Apply for exclusive offers", Partner, money false, roles SUPERVISORS, defaults NONE, gates IN_NETWORK;
    CanSeeNre = "benefit.nre.view" "查看一次性工程费用(NRE)" "See NRE", Partner, money false, roles BENEFIT_READERS, defaults NONE, gates IN_NETWORK;
    CanApplyForNre = "benefit.nre.apply" "申请一次性工程费用(NRE)" "Apply for NRE", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanRequestNrePayment = "benefit.nre.pay" "申请NRE付款" "Request NRE payment", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanSeeFh = "benefit.fh.view" "查看专职人员激励(FH)" "See FH", Partner, money false, roles BENEFIT_READERS, defaults NONE, gates IN_NETWORK;
    CanApplyForFh = "benefit.fh.apply" "申请专职人员激励(FH)" "Apply for FH", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanRequestFhPayment = "benefit.fh.pay" "申请FH付款" "Request FH payment", Partner, money true, roles FINANCE, defaults NONE, gates IN_NETWORK;
    CanSeeLabels = "capability.label.view" "查看能力标签" "See capability labels", Partner, money false, roles CUSTOMERS, defaults NONE, gates IN_NETWORK;
    CanApplyForLabels = "capability.label.apply" "申请能力标签" "Apply for capability labels", Partner, money false, roles LABEL_APPLICANTS, defaults NONE, gates IN_NETWORK;
    CanDownloadBadges = "capability.label.download" "下载徽标" "Download badges", Partner, money false, roles CUSTOMERS, defaults NONE, gates IN_NETWORK;
    CanManageMembers = "org.member.manage" "管理组织成员" "Manage members", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanManageRoles = "org.role.manage" "管理角色" "Manage roles", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanManageContacts = "org.contact.manage" "管理客户联系人" "Manage customer contacts", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanManageSpecialists = "org.specialist.manage" "管理项目专员" "Manage project specialists", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanReadLibrary = "support.library.view" "查看资料库" "View the resource library", Partner, money false, roles EVERY_MEMBER, defaults NONE, gates IN_PROGRAM;
    CanExportOwn = "export.own" "导出自己可见的内容" "Export what one may see", Partner, money false, roles EVERY_MEMBER, defaults NONE, gates IN_NETWORK;
    CanReadAudit = "audit.view" "查看审计日志" "Read the audit log", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanManageKeys = "api.key.manage" "管理API密钥" "Manage API keys", Partner, money false, roles ADMINISTRATOR, defaults NONE, gates IN_NETWORK;
    CanUseConsole = "console.view" "使用厂商控制台" "Use the vendor console", Vendor, money false, roles EVERY_MEMBER, defaults NONE, gates NO_GATE;
    CanManageLibrary = "console.library.manage" "管理资料库" "Manage the resource library", Vendor, money false, roles &[Role::Content], defaults NONE, gates NO_GATE;
    CanReadEveryAudit = "console.audit.view" "查看全部审计日志" "Read every company's audit log", Vendor, money false, roles &[Role::Operations], defaults NONE, gates NO_GATE;
    CanManageBills = "console.bill.manage" "管理账单与出账" "Manage partner bills", Vendor, money true, roles &[Role::VendorFinance, Role::Operations], defaults NONE, gates NO_GATE;
    CanSeeLibraryDownloads = "console.library.downloads" "查看资料下载记录" "See who downloaded what", Vendor, money false, roles &[Role::Content, Role::EcosystemManager, Role::Operations], defaults NONE, gates NO_GATE;
    CanOperate = "console.operations.manage" "查看运行状况并重试任务" "See how the system runs, and try work again", Vendor, money false, roles &[Role::Operations], defaults NONE, gates NO_GATE;
    CanReviewWithdrawals = "console.withdrawal.review" "审核提现" "Review withdrawals", Vendor, money true, roles &[Role::VendorFinance], defaults NONE, gates NO_GATE;
    CanReviewTopUps = "console.topup.review" "审核充值" "Review top-ups", Vendor, money true, roles &[Role::VendorFinance], defaults NONE, gates NO_GATE;
    CanIssueInvoices = "console.invoice.issue" "开具与退回发票" "Issue invoices and take them back", Vendor, money true, roles &[Role::VendorFinance], defaults NONE, gates NO_GATE;
    CanReviewInformation = "console.invoice.information" "审核发票信息与抬头" "Review invoice information and titles", Vendor, money false, roles &[Role::Support], defaults NONE, gates NO_GATE;
    CanManageAgreements = "console.agreement.manage" "管理协议" "Manage agreements", Vendor, money false, roles &[Role::Operations], defaults NONE, gates NO_GATE;
    CanManageSites = "console.sites.manage" "管理外部网站" "Manage outside web sites", Vendor, money false, roles &[Role::Content, Role::Operations], defaults NONE, gates NO_GATE;
}

/// The row of a code, if there is one.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    CATALOGUE.iter().copied().find(|rule| rule.code == code)
}

/// The defaults that a company's identity adds to each member, in the order of the table (F14).
#[must_use]
pub fn defaults(column: DefaultsFor) -> Vec<&'static Rule> {
    CATALOGUE.iter().copied().filter(|rule| rule.defaults.contains(&column)).collect()
}
