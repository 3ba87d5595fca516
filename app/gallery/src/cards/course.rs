//! Steps, timelines, progress, uploads, the first load.

use super::{card, say, whole_card};
use domain::{Moment, machine::Kind, text};
use kit::{
    Icon,
    course::{Entry, Stand, Step, When, progress, steps, timeline},
    files::{self, File, files},
};
use leptos::prelude::*;

pub fn cards() -> Vec<AnyView> {
    vec![
        whole_card(text("步骤：需要贵公司办理", "Steps: your company must act"), nre()),
        whole_card(text("步骤：表单", "Steps: a form"), form()),
        card(text("时间线：进度", "Timeline: a procedure"), withdrawal()),
        card(text("时间线：评审记录", "Timeline: reviews"), reviews()),
        card(text("上传", "Uploads"), uploads()),
        card(text("进度与骨架", "Progress and first load"), under_way()),
    ]
}

fn step(title: &str, note: &str, stand: Stand) -> Step {
    Step { title: title.to_owned(), note: note.to_owned(), stand }
}

fn nre() -> AnyView {
    let passed = |day: &str| format!("{day} {}", say("通过", "passed"));
    steps(
        vec![
            step(say("资格申请", "Qualification"), &passed("03-02"), Stand::Done),
            step(say("上传 SOW", "SOW"), &passed("03-18"), Stand::Done),
            step(say("技术评估", "Technical review"), &passed("04-10"), Stand::Done),
            step(say("商业价值终评", "Value review"), &passed("06-09"), Stand::Done),
            step(say("协议签署", "Agreement"), say("进行中", "Under way"), Stand::Current),
            step(say("里程碑验收", "Acceptance"), say("签署后开放", "After signing"), Stand::Ahead),
            step(say("付款", "Payment"), say("按里程碑", "By milestone"), Stand::Ahead),
        ],
        "act",
    )
}

fn form() -> AnyView {
    steps(
        vec![
            step(say("填写金额与账户", "Amount and account"), say("当前步骤", "Now"), Stand::Current),
            step(say("核对充值记录", "Check the top-ups"), say("确认资金来源", "Where the money came from"), Stand::Ahead),
            step(say("安全验证", "Security code"), say("短信验证码", "By text message"), Stand::Ahead),
        ],
        "",
    )
}

fn entry(kind: Kind, what: &str, at: &str, by: &str, note: &str) -> Entry {
    let when = at.parse::<Moment>().map_or_else(|_| When::Words(at.to_owned()), When::At);
    let word = match kind {
        Kind::Good => say("已完成", "Done"),
        Kind::Bad => say("未通过", "Not passed"),
        Kind::Act => say("待办理", "To do"),
        Kind::Run => say("进行中", "Under way"),
        _ => say("未开始", "Not begun"),
    };
    Entry { kind, word, what: what.to_owned(), when, by: by.to_owned(), note: note.to_owned(), ahead: kind == Kind::Draft }
}

fn withdrawal() -> AnyView {
    timeline(vec![
        entry(
            Kind::Good,
            say("提交申请", "Submitted"),
            "2026-06-10T09:26:41+08:00",
            "林晓雯",
            say("冻结 80,000.00 元，短信验证通过。", "80,000.00 CNY held, code verified."),
        ),
        entry(
            Kind::Good,
            say("财务审核通过", "Approved"),
            "2026-06-10T15:40:00+08:00",
            "顾清",
            say("金额超过 50,000 元，已由第二人复核：黎佳。", "Above 50,000 CNY: a second person, 黎佳, agreed."),
        ),
        entry(
            Kind::Good,
            say("进入付款批次", "In a payment batch"),
            "2026-06-11T10:00:00+08:00",
            say("系统，批次 PB20260611-02", "System, batch PB20260611-02"),
            "",
        ),
        entry(
            Kind::Run,
            say("银行处理中", "At the bank"),
            say("06-11 10:32 起", "since Jun 11, 10:32"),
            say("招商银行", "China Merchants Bank"),
            say("含端午假期，银行清算顺延至 06-22。", "The holiday moves clearing to Jun 22."),
        ),
        entry(Kind::Draft, say("到账", "Paid"), say("预计 06-22 前", "expected by Jun 22"), "", ""),
    ])
}

fn reviews() -> AnyView {
    timeline(vec![
        entry(
            Kind::Act,
            say("等待签署协议", "To be signed"),
            say("06-09 起", "since Jun 9"),
            say("已等待 7 个工作日", "7 working days"),
            "",
        ),
        entry(
            Kind::Good,
            say("商业价值终评通过", "Value review passed"),
            "2026-06-09T17:05:00+08:00",
            say("专家组", "Experts"),
            say("“目标行业复制性强，建议首批覆盖华东三城。”", "“Can be repeated in three cities.”"),
        ),
        entry(
            Kind::Bad,
            say("技术评估退回修改", "Technical review sent back"),
            "2026-03-27T15:18:00+08:00",
            "贺一鸣",
            say("缺少数据仓库用量测算，已于 04-02 补充。", "The estimate for the warehouse was missing."),
        ),
        entry(
            Kind::Good,
            say("资格申请通过", "Qualification passed"),
            "2026-03-02T09:41:00+08:00",
            say("厂商运营", "Vendor operations"),
            "",
        ),
    ])
}

fn uploads() -> AnyView {
    let remove = || view! { <button class="icon-btn" type="button" aria-label=say("移除", "Remove")><Icon name="x"/></button> }.into_any();
    let replace = view! { <button class="btn s" type="button">{say("更换", "Replace")}</button> }.into_any();
    let rows = files(vec![
        File {
            format: ("pdf", "PDF"),
            name: "增值税专用发票_0618.pdf".to_owned(),
            stand: files::Stand::Arriving(1_800_000, 2_500_000),
            step: remove(),
        },
        File {
            format: ("pdf", "PDF"),
            name: "发票_0617.pdf".to_owned(),
            stand: files::Stand::Good(say("抬头、税号、金额核对一致", "Title, tax number and amount agree").to_owned()),
            step: ().into_any(),
        },
        File {
            format: ("xlsx", "XLSX"),
            name: "技术评估表_0410.xlsx".to_owned(),
            stand: files::Stand::Checking(say("正在检查内容", "Being checked").to_owned()),
            step: remove(),
        },
        File {
            format: ("zip", "ZIP"),
            name: "材料.zip".to_owned(),
            stand: files::Stand::Refused(say("不支持的格式，请上传 PDF 或 OFD", "Not accepted; send PDF or OFD").to_owned()),
            step: replace,
        },
    ]);
    view! {
        <form action="/kit">
            <div class="upload">
                <Icon name="upload"/>
                <label for="kit_files">{say("拖到这里，或选择文件", "Drop files here, or choose")}</label>
                <input id="kit_files" type="file" multiple accept=".pdf,.ofd" aria-describedby="kit_files-hint"/>
                <p class="hint" id="kit_files-hint">{say("PDF 或 OFD，单个不超过 20 MB，最多 10 个。", "PDF or OFD, 20 MB each, ten at most.")}</p>
            </div>
        </form>
        {rows}
    }
    .into_any()
}

fn under_way() -> AnyView {
    view! {
        {progress(796, 1_284, say("已写入 796 / 1,284 行，约剩 12 秒", "796 of 1,284 rows, about 12 seconds left"))}
        {progress(0, 1, say("等待中，前面还有 2 个任务", "Queued, 2 tasks ahead"))}
        <div class="skeleton rows-only" aria-hidden="true">
            <div class="row"><span></span><span></span><span></span></div>
            <div class="row"><span></span><span></span><span></span></div>
            <div class="row"><span></span><span></span><span></span></div>
        </div>
        <p class="muted">{say("仅首次加载使用；之后保留旧数据并标注“正在更新”。", "For the first load only; later the old rows stay and are marked.")}</p>
    }
    .into_any()
}
