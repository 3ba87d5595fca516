//! Who may do what, and why not (domain.md 1.2 to 1.6 and F14). One table; menu, page, function, export and API read it.

mod catalogue;
#[cfg(test)]
mod tests;

use crate::{
    agreement::Mandatory,
    id::Id,
    keyed,
    machine::Keyed,
    time::Day,
    why_not::{Condition, Reason, WhyNot},
};
pub use catalogue::*;
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

/// Roles of one side, for forms and filters.
#[must_use]
pub fn roles_of(side: Side) -> Vec<Role> {
    let first_of_vendor = Role::EcosystemManager;
    Role::ALL.iter().copied().filter(|role| (*role >= first_of_vendor) == (side == Side::Vendor)).collect()
}
