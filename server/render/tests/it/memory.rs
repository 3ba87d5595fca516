//! Memory does not grow with the rows of a CSV or an XLSX.

use std::fs;
use std::process::Command;

use render::{Format, Setup, Writer};

use crate::make::{Place, bill, heads, plan};

const ROWS: i64 = 200_000;
const GROWTH_MAX_KIB: u64 = 64 * 1_024;
/// Set for the process that measures itself.
const CHILD: &str = "RENDER_MEMORY_CHILD";

/// The most memory this process ever had.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn write(format: Format) {
    let place = Place::new();
    let mut writer = Writer::begin(format, &place.path(), plan(heads()), &Setup::default()).unwrap();
    for number in 0..ROWS {
        writer.row(&bill(number)).unwrap();
    }
    assert_eq!(writer.finish(Vec::new()).unwrap().rows, 200_000);
}

/// The test starts itself once more, alone: other tests of the same process would be measured with it.
#[test]
fn two_hundred_thousand_rows_need_no_more_than_a_few() {
    if std::env::var_os(CHILD).is_some() {
        let before = peak_kib();
        write(Format::Csv);
        write(Format::Xlsx);
        let growth = peak_kib() - before;
        assert!(growth < GROWTH_MAX_KIB, "{growth} KiB");
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "memory::two_hundred_thousand_rows_need_no_more_than_a_few"]).env(CHILD, "1");
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
