//! Titles, summaries and texts of the documents that fill the library, in either language.

use super::vocabulary::{
    ACTIONS, BENEFITS, CITIES, CUSTOMERS, INDUSTRIES, LEVELS, MONEY, POLICY_SUMMARIES, PRODUCT_SUMMARIES, PRODUCTS, PROGRAMS, REGIONS,
    SCENARIOS, SENTENCES, SOURCES, SUPPORT_SUMMARIES, TEMPLATE_SUMMARIES, THINGS, Word,
};
use crate::dice::Dice;
use domain::library::{Category, Language};

/// Sentences of a paragraph, paragraphs of a text.
const SENTENCES_PER_PARAGRAPH: std::ops::RangeInclusive<i64> = 2..=3;
const PARAGRAPHS: std::ops::RangeInclusive<i64> = 2..=4;

/// The subjects of one document: its title, summary and text speak of the same things.
pub(super) struct Subject {
    language: Language,
    product: &'static str,
    industry: &'static str,
    scenario: &'static str,
    region: &'static str,
}

impl Subject {
    /// What a document is about.
    pub(super) fn throw(dice: &mut Dice, language: Language) -> Self {
        let mut word = |words: &[Word]| pick(dice, words, language);
        let (product, industry) = (word(PRODUCTS), word(INDUSTRIES));
        Self { language, product, industry, scenario: word(SCENARIOS), region: word(REGIONS) }
    }

    /// A title of a category in a year.
    pub(super) fn title(&self, dice: &mut Dice, category: Category, year: i64) -> String {
        match self.language {
            Language::Zh => spaced(&self.title_zh(dice, category, year)),
            Language::En => self.title_en(dice, category, year),
        }
    }

    fn title_zh(&self, dice: &mut Dice, category: Category, year: i64) -> String {
        let Self { product, industry, scenario, region, .. } = *self;
        let period = period_zh(dice, year);
        let edition = format!("V{}.{}", dice.between(1, 6), dice.between(0, 9));
        let mut word = |words: &[Word]| pick(dice, words, Language::Zh);
        let (program, benefit, thing, action) = (word(PROGRAMS), word(BENEFITS), word(THINGS), word(ACTIONS));
        let (city, customer, source, level, money) = (word(CITIES), word(CUSTOMERS), word(SOURCES), word(LEVELS), word(MONEY));
        let of: &[String] = match category {
            Category::Policy | Category::PolicyProgram => &[
                format!("{year} 年{program}准入要求（{region}区域）"),
                format!("{program}年审办法（{industry}行业，{year} 版）"),
                format!("{region}区域{program}补充说明（{period}）"),
                format!("{industry}行业伙伴{program}加入指南（{period}）"),
                format!("{program}协议与附件：{product}（{year}）"),
            ],
            Category::PolicyIncentive => &[
                format!("{period}{product}激励政策"),
                format!("{product}返点计算细则（{period}）"),
                format!("{region}区域{industry}行业专项激励（{period}）"),
                format!("{product}新客首购激励说明（{industry}行业，{year}）"),
                format!("{period}{program}返点与考核办法"),
            ],
            Category::PolicyBenefit => &[
                format!("{benefit}申请与使用规则（{region}区域，{period}）"),
                format!("{product}测试券发放说明（{period}）"),
                format!("{region}区域{benefit}额度通知（{period}）"),
                format!("{industry}行业{benefit}核销指引（{year}）"),
            ],
            Category::Product | Category::ProductWhitepaper => &[
                format!("{product}产品白皮书（{year}，{industry}行业）"),
                format!("{product}安全白皮书 {edition}"),
                format!("{product}性能测试报告（{period}）"),
                format!("{industry}行业{product}技术白皮书 {edition}"),
            ],
            Category::ProductSolution => &[
                format!("{industry}行业{scenario}解决方案 {edition}"),
                format!("{industry}{scenario}方案建议书（{period}）"),
                format!("{product}在{industry}行业的迁移方案（{year}）"),
                format!("{source}迁移至{product}实施方案 {edition}"),
            ],
            Category::ProductCase => &[
                format!("{city}{customer}{product}实践案例（{year}）"),
                format!("{city}某{customer}{scenario}案例"),
                format!("客户案例：{customer}用{product}完成{scenario}（{city}）"),
            ],
            Category::Business | Category::BusinessGuide => &[
                format!("{product}{action}操作指引 {edition}"),
                format!("{money}操作指引（{region}区域，{period}）"),
                format!("{source}到{product}迁移操作手册 {edition}"),
                format!("{product}{action}常见问题（{period}）"),
            ],
            Category::BusinessTraining => &[
                format!("{product}{level}培训课件（{period}）"),
                format!("{program}赋能课程：{scenario}（{level}）"),
                format!("{level}认证考试大纲：{product}（{year}）"),
                format!("{industry}行业{scenario}培训教材 {edition}"),
            ],
            Category::BusinessTemplate => &[
                format!("{thing}模板（{industry}行业，{product}）"),
                format!("{product}{thing}模板 {edition}"),
                format!("{scenario}项目{thing}模板（{period}）"),
            ],
        };
        dice.one(of).cloned().unwrap_or_default()
    }

    fn title_en(&self, dice: &mut Dice, category: Category, year: i64) -> String {
        let Self { product, industry, scenario, region, .. } = *self;
        let period = period_en(dice, year);
        let edition = format!("v{}.{}", dice.between(1, 6), dice.between(0, 9));
        let mut word = |words: &[Word]| pick(dice, words, Language::En);
        let (program, benefit, thing, action) = (word(PROGRAMS), word(BENEFITS), word(THINGS), word(ACTIONS));
        let (city, customer, source, level, money) = (word(CITIES), word(CUSTOMERS), word(SOURCES), word(LEVELS), word(MONEY));
        let of: &[String] = match category {
            Category::Policy | Category::PolicyProgram => &[
                format!("{program}: Admission Requirements {year} ({region})"),
                format!("{program} Guide for {industry} Partners ({period})"),
            ],
            Category::PolicyIncentive => {
                &[format!("{product} Incentive Policy, {period}"), format!("{industry} Incentive in the {region} Region, {period}")]
            }
            Category::PolicyBenefit => {
                &[format!("{benefit}: Rules of Use ({region}, {period})"), format!("{product} Test Coupons, {period}")]
            }
            Category::Product | Category::ProductWhitepaper => {
                &[format!("{product} White Paper for {industry} ({year})"), format!("{product} Security White Paper {edition}")]
            }
            Category::ProductSolution => {
                &[format!("{scenario} for {industry}: Solution Brief {edition}"), format!("Moving {source} to {product} ({period})")]
            }
            Category::ProductCase => &[
                format!("Customer Case: {scenario} at a {customer} in {city} ({year})"),
                format!("How a {customer} in {city} Uses {product}"),
            ],
            Category::Business | Category::BusinessGuide => {
                &[format!("{product}: {action} Guide {edition}"), format!("{money}: Step by Step ({region}, {period})")]
            }
            Category::BusinessTraining => {
                &[format!("{product} {level} Course ({period})"), format!("{level} Exam Outline: {product} ({year})")]
            }
            Category::BusinessTemplate => {
                &[format!("{thing} Template: {product} ({industry})"), format!("{thing} Template for {scenario} {edition}")]
            }
        };
        dice.one(of).cloned().unwrap_or_default()
    }

    /// One or two sentences that speak of nothing that the title does not speak of.
    pub(super) fn summary(&self, dice: &mut Dice, category: Category, title: &str) -> String {
        let all = match category {
            Category::Policy | Category::PolicyProgram | Category::PolicyIncentive | Category::PolicyBenefit => POLICY_SUMMARIES,
            Category::Product | Category::ProductWhitepaper | Category::ProductSolution | Category::ProductCase => PRODUCT_SUMMARIES,
            Category::Business | Category::BusinessGuide | Category::BusinessTraining => SUPPORT_SUMMARIES,
            Category::BusinessTemplate => TEMPLATE_SUMMARIES,
        };
        let subjects = [("{p}", self.product), ("{i}", self.industry), ("{s}", self.scenario), ("{r}", self.region)];
        let fits = |(zh, _): &&Word| subjects.iter().all(|(mark, subject)| !zh.contains(mark) || title.contains(subject));
        let fitting: Vec<Word> = all.iter().filter(fits).copied().collect();
        let first = self.sentence(dice, &fitting);
        let second = self.sentence(dice, &fitting);
        if first == second || dice.below(2) == 0 { first } else { self.joined(&[first, second]) }
    }

    /// The text inside the file.
    pub(super) fn paragraphs(&self, dice: &mut Dice) -> Vec<String> {
        let paragraphs = dice.between(*PARAGRAPHS.start(), *PARAGRAPHS.end());
        let paragraph = |_| {
            let sentences = dice.between(*SENTENCES_PER_PARAGRAPH.start(), *SENTENCES_PER_PARAGRAPH.end());
            let sentences: Vec<String> = (0..sentences).map(|_| self.sentence(dice, SENTENCES)).collect();
            self.joined(&sentences)
        };
        (0..paragraphs).map(paragraph).collect()
    }

    fn sentence(&self, dice: &mut Dice, of: &[Word]) -> String {
        let number = dice.between(3, 72).to_string();
        let sentence = pick(dice, of, self.language)
            .replace("{p}", self.product)
            .replace("{i}", self.industry)
            .replace("{s}", self.scenario)
            .replace("{r}", self.region)
            .replace("{n}", &number);
        match self.language {
            Language::Zh => spaced(&sentence),
            Language::En => sentence,
        }
    }

    fn joined(&self, sentences: &[String]) -> String {
        match self.language {
            Language::Zh => sentences.concat(),
            Language::En => sentences.join(" "),
        }
    }
}

fn pick(dice: &mut Dice, words: &[Word], language: Language) -> &'static str {
    let (zh, en) = dice.word(words);
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn period_zh(dice: &mut Dice, year: i64) -> String {
    let half = dice.word(&["上半年", "下半年", "第一季度", "第二季度", "第三季度", "第四季度"]);
    format!("{year} 年{half}")
}

fn period_en(dice: &mut Dice, year: i64) -> String {
    format!("{year} {}", dice.word(&["H1", "H2", "Q1", "Q2", "Q3", "Q4"]))
}

/// A space between Chinese and Latin words, as Chinese text is set.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        let chinese = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
        if (chinese(before) && c.is_ascii_alphanumeric()) || (before.is_ascii_alphanumeric() && chinese(c)) {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::machine::Keyed as _;

    #[test]
    fn english_documents_keep_to_the_letters_of_their_font() {
        for number in 0..2_000 {
            let dice = &mut Dice::of(number);
            let subject = Subject::throw(dice, Language::En);
            let category =
                dice.word(&[Some(Category::PolicyBenefit), Some(Category::ProductCase), None]).unwrap_or(Category::BusinessGuide);
            let title = subject.title(dice, category, 2026);
            let text = [title.clone(), subject.summary(dice, category, &title), subject.paragraphs(dice).concat()].concat();
            assert!(text.is_ascii(), "{text}");
        }
    }

    #[test]
    fn every_category_has_titles_that_fit_the_library() {
        for category in Category::ALL.iter().copied() {
            for number in 0..200 {
                let (dice, year) = (&mut Dice::of(number), 2024);
                let subject = Subject::throw(dice, Language::Zh);
                let title = subject.title(dice, category, year);
                assert!(title.chars().count() > 5 && title.chars().count() < 80, "{title}");
                assert!(!subject.summary(dice, category, &title).is_empty(), "{title}");
            }
        }
    }

    #[test]
    fn chinese_and_latin_words_stand_apart() {
        assert_eq!(spaced("云数据库 MySQL完成2个AI项目（NRE）"), "云数据库 MySQL 完成 2 个 AI 项目（NRE）");
    }
}
