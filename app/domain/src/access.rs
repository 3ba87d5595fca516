//! Who may do what, and why not (domain.md 1.2 to 1.6 and F14). One table; menu, page, function, export and API read it.

use crate::{
    agreement::Mandatory,
    id::Id,
    keyed,
    machine::Keyed,
    time::Day,
    why_not::{Condition, Reason, WhyNot},
};
use serde::{Deserialize, Serialize};

keyed! {
    /// The side an account acts on.
    Side {
        Partner = "partner" "伙伴" "Partner";
        Vendor = "vendor" "厂商" "Vendor";
        Customer = "customer" "客户" "Customer";
        Person = "person" "个人" "Person";
        Outside = "outside" "非伙伴" "Outside the partner network";
    }
}

keyed! {
    /// Partner identities (domain.md 1.2): at most one sales identity, any number of paths.
    Identity {
        Distributor = "distributor" "总经销商" "Distributor";
        Reseller = "reseller" "云经销商" "Reseller";
        Csp = "csp" "解决方案提供商" "Solution provider";
        Service = "service" "服务伙伴" "Service partner";
        Software = "software" "软件伙伴" "Software partner";
        Si = "si" "数字化转型咨询与系统集成伙伴" "Consulting and system integration partner";
        Learning = "learning" "学习与赋能伙伴" "Learning partner";
    }
}

keyed! {
    /// Partner programs one can join (domain.md 1.2 and 1.5).
    Program {
        CoDevelopment = "co_development" "共拓计划" "Co-development program";
        CspProgram = "csp_program" "解决方案提供商计划" "Solution provider program";
        DistributorProgram = "distributor_program" "总经销商计划" "Distributor program";
        ResellerProgram = "reseller_program" "云经销商计划" "Reseller program";
        ServiceProgram = "service_program" "服务伙伴计划" "Service partner program";
        EiProcurement = "ei_procurement" "EI采购介入类伙伴计划" "EI procurement program";
        MarketplaceService = "marketplace_service" "云商店客户服务商计划" "Marketplace customer service provider program";
    }
}

keyed! {
    /// Preset roles of both sides (domain.md 1.1, 1.4). Custom roles only add and are stored.
    Role {
        Administrator = "administrator" "系统管理员" "Administrator";
        AccountDirector = "account_director" "客户经理主管" "Account director";
        AccountManager = "account_manager" "客户经理" "Account manager";
        FinanceClerk = "finance_clerk" "财务专员" "Finance clerk";
        SolutionArchitect = "solution_architect" "SA专人" "Solution architect";
        EcosystemManager = "manager" "生态经理" "Ecosystem manager";
        Operations = "operations" "运营" "Operations";
        VendorFinance = "finance" "财经" "Vendor finance";
        Content = "content" "内容运营" "Content operations";
        Support = "support" "客服" "Support";
    }
}

/// How a company gets into a program (domain.md 1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Tick and submit.
    Tick,
    /// The vendor reviews, within 5 working days.
    Review,
    /// By invitation.
    Invitation,
    /// The vendor, then the chosen distributor.
    TwoReviews,
}

impl Admission {
    /// What it takes, in a sentence.
    #[must_use]
    pub const fn words(self) -> crate::text::Text {
        use crate::text::text;
        match self {
            Self::Tick => text("勾选即可加入，无需审核", "Tick and submit, no review"),
            Self::Review => text("由厂商审核，约 5 个工作日", "Reviewed by the vendor, about 5 working days"),
            Self::Invitation => text("仅限邀请，请联系生态经理", "By invitation; ask your ecosystem manager"),
            Self::TwoReviews => text("由厂商与所选总经销商先后审核", "Reviewed by the vendor, then by the chosen distributor"),
        }
    }
}

impl Program {
    /// How one gets in.
    #[must_use]
    pub const fn admission(self) -> Admission {
        match self {
            Self::CoDevelopment => Admission::Tick,
            Self::CspProgram | Self::ServiceProgram | Self::EiProcurement | Self::MarketplaceService => Admission::Review,
            Self::DistributorProgram => Admission::Invitation,
            Self::ResellerProgram => Admission::TwoReviews,
        }
    }
}

/// The columns of the default-permission table (F14): a sales identity decides, then the absence of one, then the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultsFor {
    /// Distributor, reseller, solution provider.
    Sales,
    /// Software, service, consulting, learning, without a sales identity.
    Paths,
    /// EI, government, others.
    Others,
}

/// A condition that somebody can bring about (domain.md 1.6). Computed on each request, never cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// The account belongs to the partner network.
    InNetwork,
    /// No mandatory agreement waits for the company. Everything asks for it except reading and accepting agreements.
    AgreementAccepted,
    /// The company has joined any partner program.
    ProgramJoined,
}

/// One row of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code, the same for page, export and API.
    pub code: &'static str,
    /// Its name in both languages.
    pub label: crate::text::Text,
    /// The side it exists on.
    pub side: Side,
    /// It moves money, so granting it is shown as such.
    pub money: bool,
    /// Preset roles that hold it; empty means every member of the side holds it.
    pub roles: &'static [Role],
    /// Columns of the default table that add it.
    pub defaults: &'static [DefaultsFor],
    /// What must be true of the company besides.
    pub gates: &'static [Gate],
}

/// A permission as a type; `store::Access<P>` is the proof that the caller has it.
pub trait Permission: Send + Sync + 'static {
    /// Its row, or nothing for what anybody may do.
    const RULE: Option<&'static Rule>;
}

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

/// What is true of the caller, read anew for each request. It travels to the browser for menu and buttons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The account.
    pub account: Id,
    /// The company (or person) the account acts for.
    pub tenant: Id,
    /// The side it acts on.
    pub side: Side,
    /// The person's name.
    pub name: String,
    /// The sign-in address.
    pub email: String,
    /// The company's full name.
    pub company: String,
    /// The company's short name, shown in the header.
    pub company_short: String,
    /// Identities of the company.
    pub identities: Vec<Identity>,
    /// Programs the company has joined.
    pub programs: Vec<Program>,
    /// When the company passed enterprise real-name authentication.
    pub real_name: Option<Day>,
    /// When the network agreement was accepted, and by whom.
    pub agreement: Option<(Day, String)>,
    /// The mandatory agreement that the company has to accept before anything else. It does not travel: while there is one, the server draws
    /// no page that a browser would ask this for.
    #[serde(skip)]
    pub agreement_due: Option<Mandatory>,
    /// Preset roles of the account.
    pub roles: Vec<Role>,
    /// Names of the company's active administrators, at most five.
    pub administrators: Vec<String>,
}

impl Standing {
    /// Which column of the default table applies: a sales identity decides (F14).
    #[must_use]
    pub fn defaults(&self) -> DefaultsFor {
        let sales = [Identity::Distributor, Identity::Reseller, Identity::Csp];
        if self.identities.iter().any(|identity| sales.contains(identity)) {
            DefaultsFor::Sales
        } else if self.identities.is_empty() {
            DefaultsFor::Others
        } else {
            DefaultsFor::Paths
        }
    }

    /// The permission is held through a role, by everybody of the side, or by default.
    #[must_use]
    pub fn holds(&self, rule: &Rule) -> bool {
        self.side == rule.side
            && (rule.roles.is_empty()
                || rule.roles.iter().any(|role| self.roles.contains(role))
                || (self.side == Side::Partner && rule.defaults.contains(&self.defaults())))
    }

    /// Whether the caller may, and if not: why, who can fix it, and where.
    ///
    /// # Errors
    /// The first thing that stands in the way: side, gate, then role. A gate comes before the role, because it holds for
    /// everybody of the company, whatever role is granted.
    pub fn may(&self, rule: &'static Rule) -> Result<(), Box<WhyNot>> {
        if self.side != rule.side {
            let reason = match (rule.side, self.side) {
                (Side::Partner, Side::Outside | Side::Person | Side::Customer) => Reason::NotInNetwork,
                _ => Reason::OtherSide,
            };
            return Err(self.why(reason, rule));
        }
        if let Some(gate) = rule.gates.iter().find(|gate| !self.passes(**gate)) {
            let reason = match gate {
                Gate::InNetwork => Reason::NotInNetwork,
                Gate::AgreementAccepted => Reason::AgreementPending,
                Gate::ProgramJoined => Reason::ProgramNeeded,
            };
            return Err(self.why(reason, rule));
        }
        if self.holds(rule) { Ok(()) } else { Err(self.why(Reason::RoleNeeded, rule)) }
    }

    fn passes(&self, gate: Gate) -> bool {
        match gate {
            Gate::InNetwork => self.agreement.is_some(),
            Gate::AgreementAccepted => self.agreement_due.is_none(),
            Gate::ProgramJoined => !self.programs.is_empty(),
        }
    }

    fn why(&self, reason: Reason, rule: &Rule) -> Box<WhyNot> {
        let conditions = match reason {
            Reason::NotInNetwork | Reason::ProgramNeeded => self.steps_to_library(),
            Reason::AgreementPending => {
                self.agreement_due.iter().map(|due| Condition::MandatoryAgreement { title: due.title.clone() }).collect()
            }
            Reason::RoleNeeded | Reason::OtherSide => Vec::new(),
        };
        Box::new(WhyNot {
            reason,
            permission: rule.code.to_owned(),
            // The administrators of one side can do nothing about the other.
            who: if reason == Reason::OtherSide { Vec::new() } else { self.administrators.clone() },
            is_administrator: self.roles.contains(&Role::Administrator),
            conditions,
        })
    }

    /// The way from nobody to a partner with documents (domain.md 1.5), with the caller's own position.
    #[must_use]
    pub fn steps_to_library(&self) -> Vec<Condition> {
        vec![
            Condition::RealName { done: self.real_name },
            Condition::Agreement { done: self.agreement.clone() },
            Condition::AnyProgram { done: !self.programs.is_empty() },
        ]
    }
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

/// Roles of one side, for forms and filters.
#[must_use]
pub fn roles_of(side: Side) -> Vec<Role> {
    let first_of_vendor = Role::EcosystemManager;
    Role::ALL.iter().copied().filter(|role| (*role >= first_of_vendor) == (side == Side::Vendor)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(identities: &[Identity], programs: &[Program], roles: &[Role]) -> Standing {
        Standing {
            account: Id(1),
            tenant: Id(2),
            side: Side::Partner,
            name: "陈思远".into(),
            email: "admin@lanhai.example".into(),
            company: "杭州澜海数科技术有限公司".into(),
            company_short: "澜海数科".into(),
            identities: identities.to_vec(),
            programs: programs.to_vec(),
            real_name: None,
            agreement: Some(("2026-03-05".parse().expect("a day"), "陈思远".into())),
            agreement_due: None,
            roles: roles.to_vec(),
            administrators: vec!["陈思远".into()],
        }
    }

    fn reason(standing: &Standing, rule: Option<&'static Rule>) -> Option<Reason> {
        standing.may(rule.expect("a rule")).err().map(|why| why.reason)
    }

    #[test]
    fn the_default_table_has_twelve_nine_and_eight_items() {
        assert_eq!(defaults(DefaultsFor::Sales).len(), 12);
        assert_eq!(defaults(DefaultsFor::Paths).len(), 9);
        assert_eq!(defaults(DefaultsFor::Others).len(), 8);
    }

    #[test]
    fn the_owners_six_defaults_come_first_and_withdrawing_is_one() {
        let codes: Vec<_> = defaults(DefaultsFor::Sales).iter().map(|rule| rule.code).take(6).collect();
        let owners = [
            "home.balance.view",
            "home.topup.create",
            "home.withdraw.create",
            "home.balance_alert.set",
            "partner.company.view",
            "partner.personal.view",
        ];
        assert_eq!(codes, owners);
    }

    #[test]
    fn every_code_is_there_once() {
        let mut codes: Vec<_> = CATALOGUE.iter().map(|rule| rule.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), CATALOGUE.len());
    }

    #[test]
    fn a_sales_identity_decides_the_defaults_whatever_paths_it_follows() {
        assert_eq!(member(&[Identity::Software, Identity::Csp], &[], &[]).defaults(), DefaultsFor::Sales);
        assert_eq!(member(&[Identity::Software], &[], &[]).defaults(), DefaultsFor::Paths);
        assert_eq!(member(&[], &[], &[]).defaults(), DefaultsFor::Others);
    }

    #[test]
    fn the_library_opens_with_any_program_for_every_role() {
        for role in roles_of(Side::Partner) {
            let without = member(&[Identity::Csp], &[], &[role]);
            assert_eq!(reason(&without, CanReadLibrary::RULE), Some(Reason::ProgramNeeded));
            let with = member(&[Identity::Csp], &[Program::CoDevelopment], &[role]);
            assert_eq!(reason(&with, CanReadLibrary::RULE), None);
        }
    }

    #[test]
    fn an_account_outside_the_network_is_shown_the_way_in() {
        let mut outside = member(&[], &[], &[Role::Administrator]);
        outside.agreement = None;
        assert_eq!(reason(&outside, CanReadLibrary::RULE), Some(Reason::NotInNetwork));
        outside.side = Side::Outside;
        assert_eq!(reason(&outside, CanUsePortal::RULE), Some(Reason::NotInNetwork));
    }

    #[test]
    fn a_mandatory_agreement_stands_before_everything_but_itself() {
        let title = crate::text::text("数据处理协议", "Data processing terms").into();
        let due = Some(Mandatory { id: Id(7), title });
        for role in [Role::Administrator, Role::FinanceClerk] {
            let waiting = Standing { agreement_due: due.clone(), ..member(&[Identity::Csp], &[Program::CspProgram], &[role]) };
            for rule in CATALOGUE.iter().filter(|rule| rule.side == Side::Partner && !rule.code.starts_with("partner.agreement.")) {
                assert_eq!(reason(&waiting, Some(rule)), Some(Reason::AgreementPending), "{}", rule.code);
            }
            assert_eq!(reason(&waiting, CanSeeAgreements::RULE), None);
            let may_accept = (role != Role::Administrator).then_some(Reason::RoleNeeded);
            assert_eq!(reason(&waiting, CanAcceptAgreements::RULE), may_accept);
        }
        let why = Standing { agreement_due: due, ..member(&[], &[], &[Role::FinanceClerk]) }.may(CanReadLibrary::RULE.expect("a rule"));
        let why = why.expect_err("the agreement comes before the program");
        assert_eq!((why.reason, why.who.as_slice()), (Reason::AgreementPending, ["陈思远".to_owned()].as_slice()));
        assert!(why.sentence(crate::Lang::Zh).contains("数据处理协议"));
        assert!(why.sentence(crate::Lang::En).contains("Data processing terms"));
    }

    #[test]
    fn an_account_manager_never_sees_the_bill_and_is_told_that_the_role_lacks_it() {
        let manager = member(&[Identity::Csp], &[Program::CspProgram], &[Role::AccountManager]);
        assert_eq!(reason(&manager, CanSeeBill::RULE), Some(Reason::RoleNeeded));
        assert_eq!(reason(&manager, CanWithdraw::RULE), None);
    }

    #[test]
    fn no_partner_holds_a_permission_of_the_console() {
        let everything = member(&[Identity::Csp], &[Program::CspProgram], Role::ALL);
        for rule in CATALOGUE.iter().filter(|rule| rule.side == Side::Vendor) {
            assert_eq!(reason(&everything, Some(rule)), Some(Reason::OtherSide), "{}", rule.code);
        }
    }
}
