//! Words that every page shares.

use domain::{Text, text};

pub(crate) const HOME: Text = text("返回主页", "Back to home");
pub(crate) const CRUMBS: Text = text("面包屑", "Breadcrumbs");
pub(crate) const FILTERED: Text = text("已筛选", "Filtered by");
pub(crate) const REMOVE_FILTER: Text = text("移除筛选：", "Remove filter: ");
pub(crate) const SORT: Text = text("排序", "Sort by");
pub(crate) const CLEAR_ALL: Text = text("清除全部", "Clear all");
pub(crate) const CLEAR: Text = text("清除", "Clear");
pub(crate) const NO_OPTION: Text = text("没有匹配的选项", "No option matches");
pub(crate) const CANCEL: Text = text("取消", "Cancel");
pub(crate) const PERIODS: Text = text("账期…", "Period…");
pub(crate) const APPLY: Text = text("应用", "Apply");
pub(crate) const PAST_THE_END: Text = text("没有这一页", "There is no such page");
pub(crate) const TO_LAST_PAGE: Text = text("查看最后一页", "See the last page");
pub(crate) const SEARCH_ALL: Text = text("搜索页面与资料", "Search pages and documents");
pub(crate) const SEARCH: Text = text("查询", "Search");
pub(crate) const RESET: Text = text("重置", "Reset");
pub(crate) const FILTERS: Text = text("筛选", "Filters");
pub(crate) const CLOSE_FILTERS: Text = text("关闭筛选", "Close filters");
pub(crate) const CHOSEN: Text = text(" 项已选", " chosen");
pub(crate) const ALL: Text = text("全部", "All");
pub(crate) const TO: Text = text("至", "–");
pub(crate) const BOTH_ENDS: Text = text("含首尾两日，GMT+08:00", "Both days included, GMT+08:00");
pub(crate) const FROM_DAY: Text = text("，从", ", from");
pub(crate) const TO_DAY: Text = text("，至", ", to");
pub(crate) const LEAST: Text = text("，最低", ", at least");
pub(crate) const MOST: Text = text("，最高", ", at most");
pub(crate) const BOTH_AMOUNTS: Text = text("含首尾", "Both included");
pub(crate) const PER_PAGE: Text = text("每页", "Per page");
pub(crate) const PAGES: Text = text("分页", "Pages");
pub(crate) const PREVIOUS: Text = text("上一页", "Previous page");
pub(crate) const NEXT: Text = text("下一页", "Next page");
pub(crate) const CLOSE_NOTE: Text = text("关闭通知", "Close notice");
pub(crate) const NOTES: Text = text("通知", "Notices");
pub(crate) const OPTIONAL: Text = text("选填", "Optional");
pub(crate) const MET: Text = text("已满足", "Met");
pub(crate) const OPEN: Text = text("待办理", "Open");
pub(crate) const WHO_CAN: Text = text("谁可以办理", "Who can do this");
pub(crate) const ASK: Text = text("请管理员办理", "Ask an administrator");
pub(crate) const ASK_NOTE: Text = text("管理员会收到邮件", "Your administrators get a mail");
pub(crate) const RETRY: Text = text("重试", "Try again");
pub(crate) const REQUEST_ID: Text = text("请求编号", "Request id");
pub(crate) const ERROR_CODE: Text = text("错误码", "Error code");
pub(crate) const ADDRESS: Text = text("地址 ", "Address ");
pub(crate) const TODAY: Text = text("今天", "Today");
pub(crate) const WEEK: Text = text("近 7 天", "Last 7 days");
pub(crate) const MONTH: Text = text("近 30 天", "Last 30 days");
pub(crate) const THIS_MONTH: Text = text("本月", "This month");
pub(crate) const LAST_MONTH: Text = text("上月", "Last month");
pub(crate) const NEXT_WEEK: Text = text("未来 7 天", "Next 7 days");
pub(crate) const NEXT_MONTH: Text = text("未来 30 天", "Next 30 days");
pub(crate) const QUARTER: Text = text("本季度", "This quarter");
pub(crate) const NO_HITS: Text = text("没有符合条件的结果", "Nothing matches these filters");
pub(crate) const CLEAR_FILTERS: Text = text("清除全部筛选", "Clear all filters");
pub(crate) const WITHOUT: Text = text("去掉", "Remove ");
pub(crate) const SHOW: Text = text("查看", "Show");

pub(crate) const EXPORT: Text = text("导出", "Export");
pub(crate) const EXPORT_RECORDS: Text = text("查看导出记录", "Export records");

pub(crate) const DONE: Text = text("，已完成", ", done");
pub(crate) const CLOSE: Text = text("关闭", "Close");
pub(crate) const CHECKED: Text = text("已核对", "Checked");
pub(crate) const ESTIMATE: Text = text("预估", "Estimate");
pub(crate) const COMPARED: Text = text("对比期", "Compared");
pub(crate) const DATA_TABLE: Text = text("查看数据表", "Show the numbers");
pub(crate) const PERIOD: Text = text("时间", "Period");
pub(crate) const WHOLE_GROUP: Text = text("整组：", "Whole group: ");
pub(crate) const PARTLY: Text = text("，部分", ", partly");
pub(crate) const BY_DEFAULT: Text = text("默认", "Default");
pub(crate) const MOVES_MONEY: Text = text("涉及资金", "Moves money");
pub(crate) const GAINED: Text = text("新增", "Added");
pub(crate) const LOST: Text = text("移除", "Removed");
pub(crate) const FIND: Text = text("查找", "Find");
pub(crate) const PICKED: Text = text("项已选", " chosen");
pub(crate) const PICK_PAGE: Text = text("选择本页", "Choose this page");
pub(crate) const UNPICK: Text = text("取消选择", "Clear the choice");

#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod tools {
    //! Words of the menus above a list, which only the server draws.

    use domain::{Text, text};

    pub const VIEWS: Text = text("视图", "Views");
    pub const MY_VIEWS: Text = text("我的视图", "My views");
    pub const NO_VIEWS: Text = text("还没有保存的视图。", "No views yet.");
    pub const ALL_ROWS: Text = text("全部（不用视图）", "Everything (no view)");
    pub const CHANGED: Text = text("已修改，未保存", "changed, not saved");
    pub const DEFAULT: Text = text("默认", "default");
    pub const SHARED: Text = text("共享", "shared");
    pub const SAVE: Text = text("保存修改", "Save changes");
    pub const SAVE_AS: Text = text("另存为新视图", "Save as a new view");
    pub const NAME: Text = text("视图名称", "Name of the view");
    pub const SHARE: Text = text("与同事共享", "Share with colleagues");
    pub const MAKE_DEFAULT: Text = text("设为默认", "Make it the default");
    pub const NO_DEFAULT: Text = text("取消默认", "No longer the default");
    pub const REMOVE: Text = text("删除视图", "Remove the view");
    pub const COLUMNS: Text = text("列", "Columns");
    pub const CHOOSE: Text = text("选择列，用箭头排序", "Choose columns, order them with the arrows");
    pub const OR_DRAG: Text = text("，也可拖动或按 Alt+↑↓", ", drag them, or press Alt+↑↓");
    pub const UP: Text = text("上移：", "Move up: ");
    pub const DOWN: Text = text("下移：", "Move down: ");
    pub const RESET: Text = text("恢复默认", "As it was");
    pub const DENSITY: Text = text("行距", "Density");
}
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const INDEX: Text = text("全部功能", "Everything in this section");
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const WHY: Text = text("为什么不可用？", "Why is this not available?");
