//! `/help`: how things are done here, as a table of questions and answers. A flow that is new adds its rows.

use domain::{Text, text};
use kit::{Page, call::Answer, drawn::drawn_by_server, lang, packed::Packed, page::more_styles, visit};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use server_fn::codec::{GetUrl, Json};

#[cfg(not(target_arch = "wasm32"))]
use domain::access::Anyone;
#[cfg(not(target_arch = "wasm32"))]
use kit::{Icon, drawn::drawn};

const TITLE: Text = text("帮助", "Help");
const LEDE: Text = text("伙伴中心现有功能的用法。", "How to use what Partner Center offers today.");
const CONTENTS: Text = text("目录", "Contents");
const KEYS: Text = text("键盘快捷键", "Keyboard shortcuts");
#[cfg(not(target_arch = "wasm32"))]
const CLOSE: Text = text("关闭", "Close");
const KEYS_ON: Text = text("单键快捷键已开启；在输入框中不起作用。", "Single keys are on; in a field they are only typed.");
const KEYS_OFF: Text = text("单键快捷键已关闭。", "Single keys are off.");
const SWITCH_ON: Text = text("开启单键快捷键", "Switch single keys on");
const SWITCH_OFF: Text = text("关闭单键快捷键", "Switch single keys off");

/// Keys and what they do. Those of one letter or sign can be switched off.
const SHORTCUTS: &[(&str, Text)] = &[
    ("/", text("搜索：列表的搜索框，或页眉的搜索框", "Search: the field of the list, or of the header")),
    ("j", text("下一行", "Next row")),
    ("k", text("上一行", "Previous row")),
    ("Enter", text("打开当前行", "Open the row")),
    ("x", text("选中或取消选中当前行", "Choose the row, or no longer")),
    ("e", text("打开导出菜单", "Open the export menu")),
    ("?", text("显示本列表", "Show this list")),
    ("Ctrl K", text("搜索页面与资料", "Search pages and documents")),
    ("Esc", text("关闭菜单或对话框", "Close a menu or a dialog")),
];

/// A part of the help: its key, which is also its anchor; its title; questions and answers.
type Part = (&'static str, Text, &'static [(Text, Text)]);

/// The part that lists the keys.
const SHORTCUTS_PART: &str = "keys";

const PARTS: &[Part] = &[
    (
        "sign-in",
        text("登录与账号", "Signing in and your account"),
        &[
            (
                text("登录后多久会自动退出？", "When am I signed out by myself?"),
                text(
                    "两小时没有操作会自动退出。填写中的表单不会丢失：重新登录后内容都在，确认后再提交即可。",
                    "After two hours without use. A form you were filling in is not lost: sign in again, and it is as it was, ready to be sent.",
                ),
            ),
            (
                text("怀疑账号被他人使用怎么办？", "What if somebody else may be using my account?"),
                text(
                    "打开右上角账号菜单中的“账号”，查看已登录的设备，并点击“在所有设备上退出”。",
                    "Open “Account” in the menu at the top right, look at where you are signed in, and choose “Sign out everywhere”.",
                ),
            ),
        ],
    ),
    (
        "programs",
        text("计划与权限", "Programs and permissions"),
        &[
            (
                text("为什么有些菜单带锁？", "Why are some menu entries locked?"),
                text(
                    "该功能需要先满足条件，例如加入任一伙伴计划。菜单和页面都会写明缺少什么、由谁办理，并给出链接。",
                    "They need something first, such as joining a partner program. Menu and page say what is missing, who can fix it, and where.",
                ),
            ),
            (
                text("提示缺少权限时找谁？", "Whom do I ask when a permission is missing?"),
                text(
                    "请联系页面上列出的贵公司管理员；点击“请管理员办理”会通知他们。",
                    "The administrators of your company, whose names the page shows. The button on that page tells them.",
                ),
            ),
        ],
    ),
    (
        "library",
        text("资料库", "Resource library"),
        &[
            (
                text("怎样快速找到资料？", "How do I find a document quickly?"),
                text(
                    "在资料库按分类、格式、语言和更新日期筛选，或输入关键词。关键词会在标题、摘要和文件正文中查找，支持词的一部分；全角与半角结果相同。筛选条件都在地址栏中，可以收藏或分享给同事。",
                    "Filter by category, format, language and date, or type a keyword. It is looked for in titles, summaries and the text inside files. The filter is in the address, so it can be bookmarked or sent to a colleague.",
                ),
            ),
            (
                text("预览、收藏和关注有什么区别？", "What are previews, favourites and following?"),
                text(
                    "预览不下载文件即可查看内容。收藏把资料放入“我的收藏”。关注后，资料更新或下线时会通知您。",
                    "A preview shows a document without saving it. A favourite is listed under “Favourites”. When you follow a document you are told when it changes or is withdrawn.",
                ),
            ),
            (
                text("怎样确认下载的文件完整？", "How do I know that a file arrived whole?"),
                text(
                    "资料详情页给出 SHA-256 校验值。下载中断后可以继续；打包下载一次最多 50 份、500 MB。",
                    "The document’s page shows its SHA-256 checksum. A download that was cut off can be resumed. A ZIP holds at most 50 documents and 500 MB.",
                ),
            ),
        ],
    ),
    (
        "agreements",
        text("协议", "Agreements"),
        &[
            (
                text("为什么页面要求先签署协议？", "Why does a page ask for an agreement first?"),
                text(
                    "厂商发布了贵公司必须签署的协议，且已生效。管理员阅读并勾选后签署，所有功能立即恢复；其他成员会看到等待谁签署。消息、帮助与退出始终可用。",
                    "The vendor published an agreement that your company has to accept, and it is in effect. Once an administrator has read and accepted it, everything works again; other members see whom it waits for. Messages, help and signing out always work.",
                ),
            ),
            (
                text("在哪里查看已签署的协议？", "Where are the agreements that were accepted?"),
                text(
                    "账号菜单中的“协议”列出待签署、已签署、已更新和已过期的协议，以及签署人、时间、网络地址与正文校验值。新版本发布后须重新签署。",
                    "“Agreements” in the account menu lists those to accept, accepted, superseded and expired, with person, time, address and the hash of the text. A new version is accepted anew.",
                ),
            ),
        ],
    ),
    (
        "bills",
        text("伙伴账单", "Partner bills"),
        &[
            (
                text("账单什么时候生成？", "When is a bill made?"),
                text(
                    "每月 5 日 12:00 前生成上月账单；当月显示预估，数据截至前一日。应付金额等于消费、退款与调账之和，合计为负时计入下期。",
                    "The bill of a month is issued by 12:00 on the 5th of the next; the running month shows an estimate up to yesterday. What is due is consumption, refunds and adjustments together; a negative total goes into the next bill.",
                ),
            ),
            (
                text("怎样导出账单和明细？", "How do I export a bill and its lines?"),
                text(
                    "在账单页点击“导出”，账单为 PDF，明细为 XLSX 或 CSV；文件中的客户信息保持脱敏；可查看全部客户的成员（如管理员）点击页面“客户”列的眼睛查看完整名称，仅本次有效并计入审计日志。进度见“导出记录”，点击文件名可查看校验信息。",
                    "Choose “Export” on the bill: the bill as PDF, its lines as XLSX or CSV, with customers masked. On the page whoever may see every customer, such as an administrator, opens the eye in the head of “Customer”: whole names for that view, and the audit log says so. “Export records” shows the progress; a file’s name opens what proves it.",
                ),
            ),
        ],
    ),
    (
        "withdrawals",
        text("提现", "Withdrawals"),
        &[
            (
                text("提现需要多久到账？", "How long does a withdrawal take?"),
                text(
                    "提交后金额立即冻结，财务通常在 1 个工作日内审核，随下一个工作日的批次打款。每一步都显示在申请详情，并通知发起人与管理员。",
                    "The amount is held at once. Finance usually decides within 1 working day, and the money goes out with the batch of the next. Each step stands in the request and is told to whoever made it and to administrators.",
                ),
            ),
            (
                text("原路提现可以自己选择充值记录吗？", "Can I choose which top-ups money goes back through?"),
                text(
                    "可以。在申请页面展开“选择充值记录”勾选；不选时按后进先出自动匹配。提现成功后，申请详情和列表中可以打开“回单”，打印或下载 PDF。",
                    "Yes. Open “Choose top-up records” on the form and tick them; otherwise the newest go back first. Once it was paid, list and request lead to a receipt that can be printed or saved as a PDF.",
                ),
            ),
            (
                text("可以要求两个人一起办理提现吗？", "Can a withdrawal need two people?"),
                text(
                    "可以。管理员在提现页面开启“提现内部复核”后，发起人提交的申请先由另一位管理员或财务专员确认，再到财务审核；确认时也须输入验证码，发起人不能确认自己的申请。",
                    "Yes. Once an administrator turns on the internal check on the page of withdrawals, another administrator or finance clerk confirms each request, with a code of their own, before finance sees it; nobody confirms their own.",
                ),
            ),
            (
                text("被驳回的申请怎么办？", "What if a request is rejected?"),
                text(
                    "金额自动解冻。打开该申请查看原因，点击“修改后重提”会带出原内容；只有被驳回的申请可以删除。",
                    "The amount is free again. The request shows the reason and can be changed and handed in again; only a rejected one can be deleted.",
                ),
            ),
        ],
    ),
    (
        "top-ups",
        text("充值", "Top-ups"),
        &[
            (
                text("汇款后怎样入账？", "How does a remittance reach the balance?"),
                text(
                    "在“资金管理 > 充值”点击“认领汇款”，填写金额、付款账户和汇款日期，可附上银行回单（PDF 或 PNG）。财务核对到账后入账，通常 1 个工作日；金额不一致或未到账会驳回并说明原因。",
                    "Under Funds, Top-ups, choose “Claim a remittance” and enter amount, account and day; the bank's slip can be sent along as a PDF or PNG. Finance credits it once it is compared with the bank, usually within 1 working day; otherwise it is refused with the reason.",
                ),
            ),
            (
                text("余额不足时会提醒吗？", "Am I told when the balance is low?"),
                text(
                    "可以在“资金管理”设置余额预警。余额低于阈值时通知管理员和财务专员一次，回升后再次低于时才再提醒。",
                    "A balance alert can be set on the page of funds. Administrators and finance clerks are told once when the balance falls below it, and again only after it was above.",
                ),
            ),
        ],
    ),
    (
        "invoices",
        text("发票", "Invoices"),
        &[
            (
                text("可开票金额怎么算？", "What can be invoiced?"),
                text(
                    "已付消费减去已开票金额，再减去欠票；欠票先从最早的账期扣除。上月消费从当月 3 日起可申请。",
                    "Paid consumption, less what is invoiced, less owed invoices, which keep back the oldest periods. Last month can be asked for from the 3rd.",
                ),
            ),
            (
                text("为什么只能有一个有效的发票信息？", "Why is only one invoice information valid?"),
                text(
                    "自 2020 年 8 月 1 日起，一个账号默认只有一个有效的发票信息。需要其他抬头时，可变更实名认证，或向客服提交双方盖章的关系证明申请。",
                    "Since 2020-08-01 an account has one valid invoice information. For another title change the real-name authentication, or ask support with a proof of relation stamped by both companies.",
                ),
            ),
            (
                text("在哪里下载发票？", "Where is the invoice itself?"),
                text(
                    "财务开具时附上电子发票的，可在申请详情的“发票文件”下载；纸质发票显示快递单号。",
                    "When finance issued it with its file, “Invoice file” in the request leads to it; for paper the courier number stands there.",
                ),
            ),
        ],
    ),
    (
        "drafts",
        text("表单与草稿", "Forms and drafts"),
        &[(
            text("填写到一半的内容会丢失吗？", "Is what I typed lost when I leave?"),
            text(
                "不会。较长的表单会自动暂存，也可点击“暂存”；下次打开同一页面时恢复。提交成功或放弃后清除。文件不会暂存。",
                "No. Long forms keep what you type by themselves, or when you choose “Keep for later”, and are filled in again when you come back. It goes when the form is taken or discarded. Files are not kept.",
            ),
        )],
    ),
    (
        "exports",
        text("导出", "Exports"),
        &[
            (
                text("导出的内容和页面一致吗？", "Is a file the same as the page?"),
                text(
                    "一致。文件使用页面当前的筛选条件，并在一个时间点的数据上生成。文件附带的清单写明筛选条件、数据时间、行数、合计与校验值。",
                    "Yes. It uses the filter of the page on the data of one moment. The manifest beside it names filter, moment, rows, totals and checksum.",
                ),
            ),
            (
                text("关闭页面后导出会停止吗？", "Does an export stop when I close the page?"),
                text(
                    "不会。导出在后台进行，随时可在“导出记录”查看进度、下载、取消或重新导出。文件保留 7 天。",
                    "No. It goes on in the background; “Export records” shows its progress. Files are kept for 7 days.",
                ),
            ),
        ],
    ),
    (
        "audit",
        text("审计日志", "Audit log"),
        &[(
            text("审计日志记录什么？", "What does the audit log hold?"),
            text(
                "谁在何时、从哪里、对什么做了什么。每条记录都与前一条相连，事后改动会被查出。管理员可在账号菜单中打开并导出。",
                "Who did what to which object, when and from where. Each entry is linked to the one before, so a later change shows. Administrators open it from the account menu.",
            ),
        )],
    ),
    (
        SHORTCUTS_PART,
        text("键盘与辅助功能", "Keyboard and accessibility"),
        &[(
            text("可以只用键盘吗？", "Can I use the keyboard alone?"),
            text(
                "可以。按 Tab 在页面中移动，Esc 关闭菜单，第一个链接可跳到正文。关闭 JavaScript 后所有功能仍可使用。",
                "Yes. Tab moves through a page, Esc closes menus, and the first link leads to the content. Everything also works without JavaScript.",
            ),
        )],
    ),
];

/// What lies over a page to tell of the keys that act by themselves.
#[server(prefix = "/fn", endpoint = "help/keys", input = GetUrl, output = Json)]
pub async fn keys() -> Answer<Packed> {
    kit::call::access::<Anyone>()?;
    Ok(Packed::new(drawn(laid_over())))
}

#[cfg(not(target_arch = "wasm32"))]
fn laid_over() -> AnyView {
    let lang = lang();
    view! {
        <div class="dialog-head">
            <h2 id="keys-title">{KEYS.at(lang)}</h2>
            <form method="dialog"><button class="icon-btn" aria-label=CLOSE.at(lang)><Icon name="x"/></button></form>
        </div>
        <div class="dialog-body">{shortcuts()}</div>
    }
    .into_any()
}

/// The keys, and the switch of those that a person may hit by accident (WCAG 2.1.4).
fn shortcuts() -> AnyView {
    let lang = lang();
    let rows = SHORTCUTS.iter().map(|(key, does)| view! { <div><dt><kbd>{*key}</kbd></dt><dd>{does.at(lang)}</dd></div> }).collect_view();
    let off = visit().with_value(|visit| visit.no_keys);
    let (state, next, word) = if off { (KEYS_OFF, "on", SWITCH_ON) } else { (KEYS_ON, "off", SWITCH_OFF) };
    view! {
        <dl class="facts">{rows}</dl>
        <form class="switch" method="post" action="/fn/keys">
            <input type="hidden" name="keys" value=next/>
            <p class="muted">{state.at(lang)}</p>
            <button class="btn s" data-testid="switch-keys">{word.at(lang)}</button>
        </form>
    }
    .into_any()
}

/// The page; anybody may read it.
#[derive(Clone)]
pub struct HelpPage;

#[lazy_route]
impl LazyRoute for HelpPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        more_styles();
        drawn_by_server(draw)
    }
}

fn draw() -> AnyView {
    let lang = lang();
    let links =
        PARTS.iter().map(|(key, title, _)| view! { <li><a href=format!("#{key}") rel="external">{title.at(lang)}</a></li> }).collect_view();
    let parts = PARTS.iter().map(part).collect_view();
    view! {
        <Page title=TITLE.at(lang) lede=LEDE.at(lang)>
            <div class="with-aside">
                <div class="stack">{parts}</div>
                <div class="stack">
                    <nav class="card" aria-label=CONTENTS.at(lang)>
                        <div class="head"><h2>{CONTENTS.at(lang)}</h2></div>
                        <div class="body"><ul class="rows">{links}</ul></div>
                    </nav>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

fn part((key, title, answers): &'static Part) -> AnyView {
    let lang = lang();
    let answers = answers
        .iter()
        .map(|(question, answer)| view! { <section class="prose"><h3>{question.at(lang)}</h3><p>{answer.at(lang)}</p></section> })
        .collect_view();
    let list = (*key == SHORTCUTS_PART).then(|| view! { <section class="prose"><h3>{KEYS.at(lang)}</h3></section>{shortcuts()} });
    view! {
        <section class="card" id=*key aria-labelledby=format!("{key}-title")>
            <div class="head"><h2 id=format!("{key}-title")>{title.at(lang)}</h2></div>
            <div class="body stack">{answers}{list}</div>
        </section>
    }
    .into_any()
}
