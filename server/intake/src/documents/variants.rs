//! Characters that look like the one somebody typed but are another: radicals, compatibility ideographs and ligatures.
//!
//! Browsers and type-setting programs put them into a PDF, because the font draws both alike; a search for the plain character must
//! still find them. Full-width forms are what people type in Chinese, and stay.

use unicode_normalization::char::decompose_compatible;

/// Radicals of the supplement that Unicode does not decompose, with the ideograph of the same shape (Unicode's table of equivalent
/// ideographs); and one that it decomposes to the traditional form only. Radicals that are no character by themselves are left out.
const RADICALS: [(char, char); 55] = [
    ('⺎', '兀'),
    ('⺐', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺜', '日'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺧', '牛'),
    ('⺩', '王'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺶', '羊'),
    ('⺻', '聿'),
    ('⺼', '肉'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻊', '足'),
    ('⻋', '车'),
    ('⻏', '邑'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻟', '飠'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻱', '龜'),
    ('⻲', '亀'),
    ('⻳', '龟'),
    ('⺛', '旡'),
    ('⼾', '户'),
];

/// Calls `put` with the plain characters for one character; with itself for most.
pub(crate) fn plain(character: char, put: impl FnMut(char)) {
    let mut put = put;
    if !is_variant(character) {
        put(character);
    } else if let Some((_, ideograph)) = RADICALS.iter().find(|(radical, _)| *radical == character) {
        put(*ideograph);
    } else {
        decompose_compatible(character, put);
    }
}

fn is_variant(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{fb00}'..='\u{fb06}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_text(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|character| plain(character, |plain| out.push(plain)));
        out
    }

    #[test]
    fn what_browsers_print_is_what_people_search_for() {
        assert_eq!(plain_text("⽤⼾⽂件与⽅法"), "用户文件与方法");
        assert_eq!(plain_text("⻝品⻓期⻢⻋⻥⻦⻘⻩⻛⻜⻚⻣"), "食品长期马车鱼鸟青黄风飞页骨");
    }

    #[test]
    fn ligatures_and_compatibility_ideographs_come_apart_and_full_width_forms_stay() {
        assert_eq!(plain_text("oﬃce ﬁle 率 （１）"), "office file 率 （１）");
    }
}
