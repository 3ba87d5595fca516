//! Files that come along with something: the slip of a remittance (domain.md F3), the evidence of an adjustment (F2), the proof of a title
//! and the invoice itself (F7). They are shown nowhere inside our origin, only fetched.

use crate::{id::Id, keyed, library::Format, machine::Keyed as _};
use serde::{Deserialize, Serialize};

/// A scan or a page: no more than this, in bytes.
pub const FILE_MAX_BYTES: i64 = 10_000_000;
/// What such a file may be.
pub const FORMATS: [Format; 2] = [Format::Pdf, Format::Png];
/// The ends of names that a browser offers.
pub const ACCEPTED: &str = ".pdf,.png";

keyed! {
    /// What a file belongs to.
    Kind {
        Slip = "slip" "银行回单" "Bank slip";
        Adjustment = "adjustment" "调账依据" "Evidence";
        Title = "title" "关系证明" "Proof of relation";
        Invoice = "invoice" "发票文件" "Invoice file";
    }
}

/// A file that was sent along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What it belongs to.
    pub kind: Kind,
    /// The id of that.
    pub object: Id,
    /// What the file is called.
    pub name: String,
    /// Its size in bytes.
    pub size_bytes: i64,
}

/// Who fetches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The company that it is about.
    Partner,
    /// The vendor's staff.
    Vendor,
}

impl Kind {
    /// The pattern of the address where a side fetches it, with `{id}` for what it belongs to; none when it is not for that side. A proof
    /// is support's alone.
    #[must_use]
    pub const fn pattern(self, side: Side) -> Option<&'static str> {
        Some(match (self, side) {
            (Self::Slip, Side::Partner) => "/sales/funds/top-ups/{id}/slip",
            (Self::Slip, Side::Vendor) => "/console/top-ups/{id}/slip",
            (Self::Adjustment, Side::Partner) => "/sales/bill/adjustments/{id}/evidence",
            (Self::Adjustment, Side::Vendor) => "/console/bills/adjustments/{id}/evidence",
            (Self::Invoice, Side::Partner) => "/sales/invoices/{id}/file",
            (Self::Invoice, Side::Vendor) => "/console/invoices/{id}/file",
            (Self::Title, Side::Partner) => return None,
            (Self::Title, Side::Vendor) => "/console/invoices/information/{id}/evidence",
        })
    }

    /// The name of the table's rows and of findings.
    #[must_use]
    pub fn at(self, object: &str) -> String {
        format!("{}/{object}", self.key())
    }
}

impl Attachment {
    /// Where a side fetches it.
    #[must_use]
    pub fn path(&self, side: Side) -> Option<String> {
        Some(self.kind.pattern(side)?.replace("{id}", &self.object.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_an_address_on_each_side_that_may_have_it() {
        for kind in Kind::ALL {
            let file = Attachment { kind: *kind, object: Id(7), name: "a.pdf".into(), size_bytes: 1 };
            let console = file.path(Side::Vendor).expect("the vendor has each");
            assert!(console.starts_with("/console/") && console.contains(&Id(7).to_string()) && !console.contains('{'), "{console}");
            assert_eq!(file.path(Side::Partner).is_none(), *kind == Kind::Title);
        }
    }
}
