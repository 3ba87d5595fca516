//! Companies and people of the demo world (domain.md 7.1, 7.2; contract.md, "Demo data").

use crate::{PASSWORD, at};
use domain::{
    Error, Moment,
    access::{Anyone, Identity, Program, Role, Side, Standing},
};
use serde::{Deserialize, Serialize};
use store::{
    Access, Store, Written,
    people::{Manager, NewAccount, NewTenant, create_account, create_tenant, set_manager},
};

/// The salt of the one demo password: the hash is the same everywhere.
const SALT: &str = "64656d6f20776f726c642073616c7421";
/// When whoever joined no network was created.
const FOUNDED: &str = "2018-01-08";
/// Who looks after every partner.
const MANAGERS: [(&str, &str, &str, &str); 2] =
    [("manager", "沈亦舟", "manager@vendor.example", "021-5550 0101"), ("technical", "贺一鸣", "heyiming@vendor.example", "021-5550 0102")];

/// The demo accounts as the sign-in page lists them: address, who in Chinese, who in English.
pub const ACCOUNTS: &[(&str, &str, &str)] = &[
    ("admin@lanhai.example", "澜海数科 · 系统管理员", "Lanhai, solution provider: administrator"),
    ("finance@lanhai.example", "澜海数科 · 财务专员", "Lanhai: finance clerk"),
    ("sales@lanhai.example", "澜海数科 · 客户经理", "Lanhai: account manager"),
    ("director@lanhai.example", "澜海数科 · 客户经理主管", "Lanhai: account director"),
    ("sa@lanhai.example", "澜海数科 · SA专人", "Lanhai: solution architect"),
    ("admin@qinghe.example", "青禾云联 · 总经销商管理员", "Qinghe, distributor: administrator"),
    ("admin@xiaolu.example", "小鹿云 · 云经销商管理员", "Xiaolu, reseller: administrator"),
    ("admin@yunfan.example", "云帆信息 · 小规模纳税人管理员", "Yunfan, small-scale taxpayer: administrator"),
    ("admin@fuwu.example", "孚务数字 · 服务伙伴管理员", "Fuwu, service partner: administrator"),
    ("admin@zhisuan.example", "智算前沿 · EI采购伙伴管理员", "Zhisuan, EI procurement: administrator"),
    ("admin@newbie.example", "新芽网络 · 尚未加入计划", "Xinya, in no program yet: administrator"),
    ("outsider@example.com", "伙伴网络之外的账号", "Outside the partner network"),
    ("buyer@customer.example", "澜海数科的客户", "Customer of Lanhai"),
    ("buyer@nocontact.example", "没有联系人的客户", "Customer of a partner without contacts"),
    ("person@example.com", "可受邀的个人账号", "Personal account that can be invited"),
    ("manager@vendor.example", "北屿云 · 生态经理", "Vendor: ecosystem manager"),
    ("finance@vendor.example", "北屿云 · 财经", "Vendor: finance"),
    ("finance2@vendor.example", "北屿云 · 财经复核", "Vendor: second finance person"),
    ("operations@vendor.example", "北屿云 · 运营", "Vendor: operations"),
    ("content@vendor.example", "北屿云 · 内容运营", "Vendor: content operations"),
    ("support@vendor.example", "北屿云 · 客服", "Vendor: support"),
];

/// A person: address, name, role. Customers, persons and outsiders have no role.
type Person = (&'static str, &'static str, Option<Role>);

/// A company, or whoever stands for one.
struct Company {
    number: &'static str,
    side: Side,
    name: &'static str,
    short_name: &'static str,
    tax_number: Option<&'static str>,
    identities: &'static [Identity],
    programs: &'static [Program],
    /// Days of real-name authentication and of the network agreement, which the first person accepts.
    joined: Option<(&'static str, &'static str)>,
    people: &'static [Person],
}

const ADMINISTRATOR: Option<Role> = Some(Role::Administrator);

const COMPANIES: &[Company] = &[
    Company {
        number: "V0000001",
        side: Side::Vendor,
        name: "北屿云计算有限公司",
        short_name: "北屿云",
        tax_number: Some("91310115MA0000BY09"),
        identities: &[],
        programs: &[],
        joined: None,
        people: &[
            ("manager@vendor.example", "沈亦舟", Some(Role::EcosystemManager)),
            ("finance@vendor.example", "顾清", Some(Role::VendorFinance)),
            ("finance2@vendor.example", "黎佳", Some(Role::VendorFinance)),
            ("operations@vendor.example", "梁栖", Some(Role::Operations)),
            ("content@vendor.example", "唐予安", Some(Role::Content)),
            ("support@vendor.example", "孟书禾", Some(Role::Support)),
        ],
    },
    Company {
        number: "P0000001",
        side: Side::Partner,
        name: "杭州澜海数科技术有限公司",
        short_name: "澜海数科",
        tax_number: Some("91330108MA0000LH03"),
        identities: &[Identity::Csp, Identity::Software],
        programs: &[Program::CspProgram, Program::MarketplaceService],
        joined: Some(("2021-04-12", "2021-04-16")),
        people: &[
            ("admin@lanhai.example", "陈思远", ADMINISTRATOR),
            ("finance@lanhai.example", "林晓雯", Some(Role::FinanceClerk)),
            ("sales@lanhai.example", "周子涵", Some(Role::AccountManager)),
            ("director@lanhai.example", "许闻笛", Some(Role::AccountDirector)),
            ("sa@lanhai.example", "苏映", Some(Role::SolutionArchitect)),
            ("zhengke@lanhai.example", "郑可", Some(Role::AccountManager)),
            ("wutong@lanhai.example", "吴桐", Some(Role::AccountManager)),
            ("hejianchuan@lanhai.example", "何见川", Some(Role::AccountManager)),
            ("fengyinuo@lanhai.example", "冯一诺", Some(Role::AccountManager)),
            ("jiangnan@lanhai.example", "蒋南", Some(Role::AccountDirector)),
            ("tangyi@lanhai.example", "唐忆", Some(Role::FinanceClerk)),
            ("hansong@lanhai.example", "韩松", Some(Role::SolutionArchitect)),
            ("duruo@lanhai.example", "杜若", Some(Role::SolutionArchitect)),
            ("caoyang@lanhai.example", "曹阳", Some(Role::AccountManager)),
        ],
    },
    Company {
        number: "P0000002",
        side: Side::Partner,
        name: "深圳青禾云联科技有限公司",
        short_name: "青禾云联",
        tax_number: Some("91440300MA0000QH0B"),
        identities: &[Identity::Distributor],
        programs: &[Program::DistributorProgram, Program::MarketplaceService],
        joined: Some(("2019-08-20", "2019-08-26")),
        people: &[("admin@qinghe.example", "秦岚", ADMINISTRATOR)],
    },
    Company {
        number: "P0000003",
        side: Side::Partner,
        name: "成都小鹿云服务有限公司",
        short_name: "小鹿云",
        tax_number: Some("91510100MA0000XL0T"),
        identities: &[Identity::Reseller],
        programs: &[Program::ResellerProgram],
        joined: Some(("2023-05-09", "2023-05-15")),
        people: &[("admin@xiaolu.example", "鹿鸣", ADMINISTRATOR)],
    },
    Company {
        number: "P0000004",
        side: Side::Partner,
        name: "苏州云帆信息技术有限公司",
        short_name: "云帆信息",
        tax_number: Some("91320500MA0000YF0N"),
        identities: &[Identity::Csp],
        programs: &[Program::CspProgram],
        joined: Some(("2018-06-04", "2018-06-11")),
        people: &[("admin@yunfan.example", "范一舟", ADMINISTRATOR)],
    },
    Company {
        number: "P0000005",
        side: Side::Partner,
        name: "武汉孚务数字服务有限公司",
        short_name: "孚务数字",
        tax_number: Some("91420100MA0000FW01"),
        identities: &[Identity::Service],
        programs: &[Program::ServiceProgram],
        joined: Some(("2022-02-15", "2022-02-21")),
        people: &[("admin@fuwu.example", "傅文", ADMINISTRATOR)],
    },
    Company {
        number: "P0000006",
        side: Side::Partner,
        name: "北京智算前沿科技有限公司",
        short_name: "智算前沿",
        tax_number: Some("91110108MA0000EA04"),
        identities: &[],
        programs: &[Program::EiProcurement],
        joined: Some(("2024-09-02", "2024-09-09")),
        people: &[("admin@zhisuan.example", "池远", ADMINISTRATOR)],
    },
    Company {
        number: "P0000007",
        side: Side::Partner,
        name: "南昌新芽网络科技有限公司",
        short_name: "新芽网络",
        tax_number: Some("91360100MA0000NB01"),
        identities: &[],
        programs: &[],
        joined: Some(("2026-03-02", "2026-03-05")),
        people: &[("admin@newbie.example", "叶新", ADMINISTRATOR)],
    },
    Company {
        number: "C0000001",
        side: Side::Customer,
        name: "宁波远港制造有限公司",
        short_name: "远港制造",
        tax_number: None,
        identities: &[],
        programs: &[],
        joined: None,
        people: &[("buyer@customer.example", "邵勤", None)],
    },
    Company {
        number: "C0000002",
        side: Side::Customer,
        name: "合肥木石零售有限公司",
        short_name: "木石零售",
        tax_number: None,
        identities: &[],
        programs: &[],
        joined: None,
        people: &[("buyer@nocontact.example", "高洁", None)],
    },
    Company {
        number: "U0000001",
        side: Side::Person,
        name: "于向北",
        short_name: "于向北",
        tax_number: None,
        identities: &[],
        programs: &[],
        joined: None,
        people: &[("person@example.com", "于向北", None)],
    },
    Company {
        number: "X0000001",
        side: Side::Outside,
        name: "天津北辰贸易有限公司",
        short_name: "北辰贸易",
        tax_number: None,
        identities: &[],
        programs: &[],
        joined: None,
        people: &[("outsider@example.com", "罗嘉", ADMINISTRATOR)],
    },
];

#[derive(Serialize, Deserialize)]
struct NewCompany {
    tenant: NewTenant,
    accounts: Vec<NewAccount>,
    managers: Vec<Manager>,
}

/// Who was created, each as signing in would find them.
#[derive(Default)]
pub(crate) struct Everybody {
    pub companies: usize,
    pub standings: Vec<Standing>,
}

impl Everybody {
    /// Somebody by address.
    pub(crate) fn standing(&self, email: &str) -> Result<Standing, Error> {
        self.standings.iter().find(|standing| standing.email == email).cloned().ok_or(Error::NotFound)
    }
}

/// Creates everybody.
pub(crate) async fn create(store: &Store) -> Result<Everybody, Error> {
    let password_hash = store.passwords.hash(PASSWORD, SALT).await?;
    let access = crate::anyone(store)?;
    let mut everybody = Everybody::default();
    for company in COMPANIES {
        let new = company.entered(store, &password_hash);
        everybody.companies += 1;
        everybody.standings.extend(new.accounts.iter().map(|account| standing(&new.tenant, account)));
        store.clock.stand_at(Some(at(company.joined.map_or(FOUNDED, |(_, agreed)| agreed), 10, 0)));
        write(&access, new).await?;
    }
    Ok(everybody)
}

fn standing(company: &NewTenant, account: &NewAccount) -> Standing {
    Standing {
        account: account.id,
        tenant: company.id,
        side: company.side,
        name: account.name.clone(),
        email: account.email.clone(),
        company: company.name.clone(),
        company_short: company.short_name.clone(),
        identities: company.identities.clone(),
        programs: company.programs.clone(),
        real_name: company.real_name_at.map(Moment::day),
        agreement: company.agreement.clone().map(|(at, by)| (at.day(), by)),
        agreement_due: None,
        roles: account.roles.clone(),
        administrators: Vec::new(),
    }
}

impl Company {
    fn entered(&self, store: &Store, password_hash: &str) -> NewCompany {
        let tenant = store.ids.id();
        let signer = self.people.first().map_or("", |(_, name, _)| name);
        let account = |(email, name, role): &Person| NewAccount {
            id: store.ids.id(),
            tenant,
            email: (*email).to_owned(),
            name: (*name).to_owned(),
            password_hash: password_hash.to_owned(),
            roles: role.iter().copied().collect(),
        };
        let manager = |(part, name, email, phone): &(&str, &str, &str, &str)| Manager {
            part: (*part).to_owned(),
            name: (*name).to_owned(),
            email: (*email).to_owned(),
            phone: (*phone).to_owned(),
        };
        let looked_after = self.side == Side::Partner;
        NewCompany {
            tenant: NewTenant {
                id: tenant,
                number: self.number.to_owned(),
                side: self.side,
                name: self.name.to_owned(),
                short_name: self.short_name.to_owned(),
                tax_number: self.tax_number.map(str::to_owned),
                identities: self.identities.to_vec(),
                programs: self.programs.to_vec(),
                real_name_at: self.joined.map(|(passed, _)| at(passed, 15, 30)),
                agreement: self.joined.map(|(_, agreed)| (at(agreed, 10, 0), signer.to_owned())),
            },
            accounts: self.people.iter().map(account).collect(),
            managers: MANAGERS.iter().filter(|_| looked_after).map(manager).collect(),
        }
    }
}

async fn write(access: &Access<Anyone>, new: NewCompany) -> Result<(), Error> {
    access
        .write(None, new, |tx, new| {
            Box::pin(async move {
                create_tenant(tx, &new.tenant).await?;
                for account in &new.accounts {
                    create_account(tx, account).await?;
                }
                for manager in &new.managers {
                    set_manager(tx, new.tenant.id, manager).await?;
                }
                Ok(Written::quiet(()))
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn people() -> impl Iterator<Item = (&'static Company, &'static Person)> {
        COMPANIES.iter().flat_map(|company| company.people.iter().map(move |person| (company, person)))
    }

    #[test]
    fn every_account_of_the_sign_in_page_is_somebody() {
        let known: BTreeSet<&str> = people().map(|(_, (email, ..))| *email).collect();
        let listed: BTreeSet<&str> = ACCOUNTS.iter().map(|(email, ..)| *email).collect();
        assert_eq!(listed.len(), ACCOUNTS.len());
        assert!(listed.is_subset(&known));
        let unlisted: Vec<_> = known.difference(&listed).collect();
        assert!(unlisted.iter().all(|email| email.ends_with("@lanhai.example")), "{unlisted:?}");
    }

    #[test]
    fn addresses_and_numbers_are_there_once_and_partners_are_numbered_in_order() {
        let emails: Vec<_> = people().map(|(_, (email, ..))| email).collect();
        assert_eq!(emails.iter().collect::<BTreeSet<_>>().len(), emails.len());
        let partners: Vec<_> = COMPANIES.iter().filter(|company| company.side == Side::Partner).collect();
        let numbers: Vec<_> = partners.iter().map(|company| company.number).collect();
        assert_eq!(numbers, (1..=7).map(|number| format!("P{number:07}")).collect::<Vec<_>>());
        assert_eq!(partners[0].people.len(), 14, "members of 澜海");
    }

    #[test]
    fn roles_belong_to_the_side_of_their_company_and_every_partner_has_an_administrator_first() {
        for (company, (email, _, role)) in people() {
            let fits = role.is_none_or(|role| (role >= Role::EcosystemManager) == (company.side == Side::Vendor));
            assert!(fits, "{email}");
        }
        for company in COMPANIES.iter().filter(|company| company.side == Side::Partner) {
            assert_eq!(company.people[0].2, ADMINISTRATOR, "{}", company.name);
        }
    }

    #[test]
    fn tax_numbers_have_valid_check_digits() {
        const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        for number in COMPANIES.iter().filter_map(|company| company.tax_number) {
            let digits: Vec<usize> = number.chars().map(|c| ALPHABET.find(c).expect("a digit")).collect();
            let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
            let sum: usize = digits.iter().zip(weights).take(17).map(|(digit, weight)| digit * weight).sum();
            assert_eq!(digits[17], (31 - sum % 31) % 31, "{number}");
        }
    }
}
