//! Reads JSON as our own server writes it: fields in their declared order, whole numbers, nothing unknown.
//!
//! The common reader accepts any JSON and explains what is wrong with it; that is 25 kB of every first load, for text that only we
//! write. This one gives up without a word, and the page says that it cannot read the answer.

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor, value::StrDeserializer};
use std::fmt;

/// The name under which [`super::Packed`] asks for a value as it is written.
pub const RAW: &str = "$raw";

/// Reads a value from the whole of a text.
#[must_use]
pub fn read<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader { text };
    let value = T::deserialize(&mut reader).ok()?;
    reader.text.trim_start().is_empty().then_some(value)
}

/// It is not what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

type Read<T> = Result<T, Unreadable>;

/// What is still to be read.
struct Reader<'de> {
    text: &'de str,
}

impl<'de> Reader<'de> {
    /// The next sign that is not space.
    fn peek(&mut self) -> Option<u8> {
        self.text = self.text.trim_start_matches([' ', '\n', '\t', '\r']);
        self.text.bytes().next()
    }

    /// Takes a sign if it is next.
    fn take(&mut self, sign: u8) -> bool {
        let is_next = self.peek() == Some(sign);
        if is_next {
            self.text = self.text.get(1..).unwrap_or_default();
        }
        is_next
    }

    fn expect(&mut self, sign: u8) -> Read<()> {
        if self.take(sign) { Ok(()) } else { Err(Unreadable) }
    }

    /// Takes a word like `null` if it is next.
    fn word(&mut self, word: &str) -> bool {
        self.peek();
        let rest = self.text.strip_prefix(word);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn number(&mut self) -> Read<&'de str> {
        self.peek();
        let end = self.text.find(|sign: char| !sign.is_ascii_digit() && sign != '-').unwrap_or(self.text.len());
        let (number, rest) = self.text.split_at(end);
        self.text = rest;
        Ok(number)
    }

    /// A text between quotes: as it is written, and whether it holds escapes.
    fn quoted(&mut self) -> Read<(&'de str, bool)> {
        self.expect(b'"')?;
        let (mut escapes, mut skip) = (false, false);
        for (at, sign) in self.text.bytes().enumerate() {
            match sign {
                _ if skip => skip = false,
                b'\\' => (escapes, skip) = (true, true),
                b'"' => {
                    let text = self.text.get(..at).ok_or(Unreadable)?;
                    self.text = self.text.get(at + 1..).ok_or(Unreadable)?;
                    return Ok((text, escapes));
                }
                _ => {}
            }
        }
        Err(Unreadable)
    }

    /// Skips a value of any kind and gives it as it is written.
    fn skip(&mut self) -> Read<&'de str> {
        self.peek();
        let start = self.text;
        let mut depth = 0_usize;
        loop {
            match self.peek().ok_or(Unreadable)? {
                b'"' => {
                    self.quoted()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.text = self.text.get(1..).ok_or(Unreadable)?;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1).ok_or(Unreadable)?;
                    self.text = self.text.get(1..).ok_or(Unreadable)?;
                }
                b',' | b':' if depth > 0 => {
                    self.text = self.text.get(1..).ok_or(Unreadable)?;
                    continue;
                }
                _ => {
                    let end = self.text.find([',', '}', ']', ':']).unwrap_or(self.text.len());
                    self.text = self.text.get(end..).ok_or(Unreadable)?;
                }
            }
            if depth == 0 {
                return start.get(..start.len() - self.text.len()).ok_or(Unreadable);
            }
        }
    }
}

/// Writes out the escapes of a quoted text.
fn unescaped(text: &str) -> Read<String> {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            out.push(sign);
            continue;
        }
        out.push(match signs.next().ok_or(Unreadable)? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let code = signs.as_str().get(..4).and_then(|code| u32::from_str_radix(code, 16).ok()).ok_or(Unreadable)?;
                signs = signs.as_str().get(4..).ok_or(Unreadable)?.chars();
                // Our server writes signs beyond the first plane as they are.
                char::from_u32(code).ok_or(Unreadable)?
            }
            other => other,
        });
    }
    Ok(out)
}

/// Whole numbers, by the name of the method.
macro_rules! numbers {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            visitor.$visit(self.number()?.parse().map_err(|_| Unreadable)?)
        }
    )*};
}

/// Kinds of values that nothing of ours travels as.
macro_rules! never {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
            Err(Unreadable)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    numbers! {
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_u64 visit_u64
    }
    never! { deserialize_any deserialize_f32 deserialize_f64 deserialize_bytes deserialize_byte_buf deserialize_map }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let is_true = self.word("true");
        if is_true || self.word("false") { visitor.visit_bool(is_true) } else { Err(Unreadable) }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.quoted()? {
            (text, false) => visitor.visit_str(text),
            (text, true) => visitor.visit_string(unescaped(text)?),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.word("null") { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.word("null") { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Read<V::Value> {
        if name == RAW { visitor.visit_str(self.skip()?) } else { visitor.visit_newtype_struct(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect(b'[')?;
        let value = visitor.visit_seq(Items { reader: self, first: true })?;
        self.expect(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, fields: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.expect(b'{')?;
        let value = visitor.visit_seq(Fields { reader: self, fields: fields.iter(), first: true })?;
        self.expect(b'}')?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        let holds = self.take(b'{');
        let (name, _) = self.quoted()?;
        if holds {
            self.expect(b':')?;
        }
        let value = visitor.visit_enum(Variant { reader: self, name })?;
        if holds {
            self.expect(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if self.reader.peek() == Some(b']') {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.expect(b',')?;
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// The fields of a struct, in their declared order; one that was left out is `null`.
struct Fields<'a, 'de> {
    reader: &'a mut Reader<'de>,
    fields: std::slice::Iter<'static, &'static str>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Fields<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        let Some(field) = self.fields.next() else { return Ok(None) };
        let before = self.reader.text;
        let next = (self.first || self.reader.take(b',')) && matches!(self.reader.quoted(), Ok((name, _)) if name == *field);
        if !next {
            self.reader.text = before;
            return seed.deserialize(&mut Reader { text: "null" }).map(Some);
        }
        self.first = false;
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// A variant of an enum, and what it holds.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    name: &'de str,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Unreadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        let name: StrDeserializer<'_, Unreadable> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Read<V::Value> {
        self.reader.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.reader.deserialize_struct("", fields, visitor)
    }
}

/// Asks for a value as it is written.
///
/// # Errors
/// What the reader refuses.
#[cfg(any(test, target_arch = "wasm32"))]
pub fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Whole;

    impl Visitor<'_> for Whole {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }
    }

    deserializer.deserialize_newtype_struct(RAW, Whole)
}

#[cfg(test)]
mod tests;
