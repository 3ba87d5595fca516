use super::*;
use serde::Serialize;

#[derive(Clone, Debug, Default, PartialEq, Serialize, serde::Deserialize)]
struct All {
    text: String,
    number: i64,
    small: u16,
    yes: bool,
    none: Option<i64>,
    some: Option<String>,
    list: Vec<(String, i64)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_out: Option<i64>,
    kind: Kind,
    kinds: Vec<Kind>,
    unit: (),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, serde::Deserialize)]
enum Kind {
    #[default]
    Plain,
    Holding(i64),
    Named {
        a: String,
        b: Option<Box<Kind>>,
    },
    Pair(i64, String),
}

fn all() -> All {
    All {
        text: "云\"\\\n\u{1}𝄞</script>".into(),
        number: i64::MIN,
        small: 65535,
        yes: true,
        none: None,
        some: Some(String::new()),
        list: vec![("a".into(), 1), ("b,]}".into(), -2)],
        left_out: None,
        kind: Kind::Named { a: "{".into(), b: Some(Box::new(Kind::Pair(1, "x".into()))) },
        kinds: vec![Kind::Plain, Kind::Holding(7), Kind::Plain],
        unit: (),
    }
}

#[test]
fn what_the_server_writes_is_read_as_it_was() {
    for value in [all(), All::default(), All { left_out: Some(3), none: Some(1), list: Vec::new(), ..all() }] {
        let text = serde_json::to_string(&value).expect("json");
        assert_eq!(read::<All>(&text), Some(value), "{text}");
    }
    assert_eq!(read::<()>("null"), Some(()));
    assert_eq!(read::<Vec<i64>>(" [ 1 , 2 ] "), Some(vec![1, 2]));
    assert_eq!(read::<Option<Vec<String>>>("null"), Some(None));
}

#[test]
fn what_is_cut_off_or_something_else_is_refused() {
    let text = serde_json::to_string(&all()).expect("json");
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert_eq!(read::<All>(&text[..end]), None, "{end}");
    }
    for wrong in ["{\"text\":1}", "[]", "{}x", "1", "\"\\u12\"", "{\"text\":\"\\"] {
        assert_eq!(read::<All>(wrong), None, "{wrong}");
    }
    assert_eq!(read::<i64>("1 2"), None);
    assert_eq!(read::<u16>("65536"), None);
    assert_eq!(read::<i64>("99999999999999999999"), None);
}

#[test]
fn a_value_is_taken_as_it_is_written() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Around {
        #[serde(deserialize_with = "raw")]
        raw: String,
        after: i64,
    }
    for inside in ["1", "null", "\"a\\\"}\"", "{\"a\":[1,{\"b\":\"]\"}],\"c\":null}", "[]", "true"] {
        let text = format!("{{\"raw\":{inside},\"after\":2}}");
        assert_eq!(read::<Around>(&text), Some(Around { raw: inside.into(), after: 2 }), "{text}");
    }
}
