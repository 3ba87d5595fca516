//! Status chips by kind, tags, tiles, avatars.

use super::{card, say, whole_card};
use domain::{Text, machine::Kind, text};
use kit::{
    Status,
    drawn::drawn,
    eye::Eye,
    icon::avatar,
    table::tile,
    visit::{Kept, Visit},
};
use leptos::prelude::*;

/// Kind, its shape, what it means, and words it is used with.
const KINDS: [(Kind, Text, Text, &[Text]); 8] = [
    (
        Kind::Draft,
        text("虚线圆", "Dashed circle"),
        text("还没开始，或尚在对方手里", "Not begun, or with the other side"),
        &[text("草稿", "Draft"), text("已邀请", "Invited"), text("未开始", "Not started")],
    ),
    (
        Kind::Wait,
        text("时钟", "Clock"),
        text("排队或审核中，等待他人", "Queued or in review"),
        &[
            text("待审核", "In review"),
            text("等待中", "Queued"),
            text("申付审核中", "Request in review"),
            text("资格审核中", "Qualification review"),
        ],
    ),
    (
        Kind::Run,
        text("半圆", "Half disc"),
        text("系统正在处理", "Being worked on"),
        &[
            text("预估", "Estimated"),
            text("处理中", "Processing"),
            text("导出中", "Exporting"),
            text("发放中", "Issuing"),
            text("会签中", "Countersigning"),
        ],
    ),
    (
        Kind::Act,
        text("菱形", "Diamond"),
        text("需要贵公司行动，或即将到期", "Needs your company, or ends soon"),
        &[
            text("待确认", "To confirm"),
            text("待签署协议", "To sign"),
            text("待寄发票", "Invoice needed"),
            text("待付清", "Due"),
            text("即将到期", "Expiring"),
        ],
    ),
    (
        Kind::Good,
        text("实心勾", "Filled check"),
        text("已成功，当前有效", "Done, valid"),
        &[
            text("提现成功", "Paid"),
            text("已完成", "Completed"),
            text("发放成功", "Issued"),
            text("已绑定", "Linked"),
            text("有效", "Valid"),
        ],
    ),
    (
        Kind::Bad,
        text("八边形叉", "Octagon"),
        text("失败或被拒，需看原因", "Failed or refused, see why"),
        &[text("已驳回", "Rejected"), text("提现失败", "Failed"), text("导出失败", "Failed"), text("发票被退回", "Invoice returned")],
    ),
    (
        Kind::Ended,
        text("斜杠圆", "Slashed circle"),
        text("已结束，不再变化", "Over"),
        &[text("已撤销", "Cancelled"), text("已过期", "Expired"), text("已失效", "Lapsed"), text("已作废", "Void")],
    ),
    (
        Kind::Hold,
        text("暂停", "Pause"),
        text("被条件挡住，旁边必须写明解除条件", "Held; what ends it stands beside"),
        &[text("已冻结", "On hold"), text("已暂停", "Paused")],
    ),
];

pub fn cards() -> Vec<AnyView> {
    vec![
        whole_card(text("状态：形状、颜色、文字三重编码", "States: shape, colour and word"), chips()),
        card(text("标签与格式", "Tags and formats"), tags()),
        card(text("头像", "Avatars"), avatars()),
        card(text("眼睛：已脱敏", "The eye: masked"), masked("杭州**有限公司", "尾号 6207", None)),
        card(
            text("眼睛：本次查看显示", "The eye: shown for this view"),
            masked("杭州云栖智造有限公司", "3301 0401 6000 0062 07", Some(CUSTOMERS)),
        ),
    ]
}

fn chips() -> AnyView {
    let lang = kit::lang();
    let rows = KINDS.iter().map(|(kind, shape, meaning, words)| {
        let chips = words.iter().map(|word| view! { <Status kind=*kind state=kind.key() label=*word/> }).collect_view();
        view! { <tr><th scope="row">{shape.at(lang)}</th><td>{meaning.at(lang)}</td><td class="plain"><div class="tags">{chips}</div></td></tr> }
    });
    view! {
        <div class="table-wrap">
            <table class="table">
                <caption class="visually-hidden">{say("状态", "States")}</caption>
                <thead><tr><th scope="col">{say("形状", "Shape")}</th><th scope="col">{say("含义", "Meaning")}</th><th scope="col">{say("使用", "Used for")}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn tags() -> AnyView {
    let tiles = [("pdf", "PDF"), ("xlsx", "XLSX"), ("csv", "CSV"), ("pptx", "PPTX"), ("docx", "DOCX"), ("zip", "ZIP"), ("mp4", "MP4")];
    view! {
        <div class="line">
            <span class="tag">{say("属性", "Attribute")}</span>
            <span class="tag filled">{say("集合成员", "Member of a set")}</span>
            <span class="tag accent">{say("关系", "Relation")}</span>
            <span class="tag act">{say("涉及资金", "Moves money")}</span>
            <span class="tag new">{say("新", "New")}</span>
            <span class="badge">"46"</span>
            <span class="badge act">"3"</span>
        </div>
        <div class="line">{tiles.map(tile).into_iter().collect_view()}</div>
    }
    .into_any()
}

fn avatars() -> AnyView {
    view! { <div class="line">{avatar("林晓雯", "avatar s")}{avatar("陈思远", "avatar")}{avatar("沈亦舟", "avatar l")}<span>{say("林晓雯、陈思远、沈亦舟", "林晓雯, 陈思远, 沈亦舟")}</span></div> }.into_any()
}

/// Where the eyes of this page lead: to a list that has one.
const CUSTOMERS: &str = "/sales/bill/customers";

/// In the head of a column, in words for phones, and behind a value; open as after an answer for its address.
fn masked(customer: &'static str, account: &'static str, revealed: Option<&str>) -> AnyView {
    let kept = revealed.map(|address| Kept { revealed: Some(address.to_owned()), ..Kept::default() });
    let visit = Visit { kept, ..kit::visit::visit().get_value() };
    let eye = Eye {
        action: "/fn/bills/reveal",
        fields: vec![("list", "bill-customers".to_owned()), ("query", String::new())],
        label: text("显示完整客户名称（计入审计日志）", "Show whole customer names (noted in the audit log)"),
        address: CUSTOMERS.to_owned(),
    };
    let (head, words, value) = Owner::new().with(|| {
        provide_context(StoredValue::new(visit));
        // This page begins at its top, not at an eye.
        let drawn = |eye: AnyView| drawn(eye).0.replace(" autofocus", "");
        (drawn(eye.sign()), drawn(eye.words()), drawn(eye.sign()))
    });
    view! {
        <div inner_html=words></div>
        <div class="table-wrap">
            <table class="table">
                <caption class="visually-hidden">{say("脱敏的列", "A masked column")}</caption>
                <thead><tr><th scope="col"><span class="line">{say("客户", "Customer")}<span inner_html=head></span></span></th><th scope="col" class="num">{say("消费金额（元）", "Consumption (CNY)")}</th></tr></thead>
                <tbody><tr><th scope="row">{customer}</th><td class="num">"48,216.40"</td></tr></tbody>
            </table>
        </div>
        <dl class="facts one"><div><dt>{say("收款账户", "Account")}</dt><dd>{account}<span inner_html=value></span></dd></div></dl>
    }
    .into_any()
}
