//! Values as bytes, for the data that the app loads and the records that a browser stores.
//!
//! Fields one after the other, numbers in as many bytes as they need, lists and texts with their length before them:
//! the layout of postcard. Reading never stops half-way: missing values are read as empty ones and the whole is refused
//! at the end. Derived deserializers have code at every field to drop everything read so far; that was 15 KB of WASM,
//! this is 3 KB.

/// No list of ours is longer. A list that claims to be is refused before it fills the memory.
const LONGEST: u64 = 10_000;

/// A value that can be turned into bytes and back.
pub trait Wire: Sized {
    fn write(&self, out: &mut Vec<u8>);
    /// Reads the value. Where the bytes are bad, it may return any value.
    fn read(from: &mut Bytes<'_>) -> Self;
}

pub fn to_bytes<T: Wire>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    value.write(&mut out);
    out
}

/// `None` where the bytes are cut, altered or too many.
pub fn from_bytes<T: Wire>(bytes: &[u8]) -> Option<T> {
    let mut from = Bytes::of(bytes);
    let value = T::read(&mut from);
    from.is_spent().then_some(value)
}

/// Bytes being read.
pub struct Bytes<'b> {
    rest: &'b [u8],
    good: bool,
}

impl<'b> Bytes<'b> {
    pub fn of(bytes: &'b [u8]) -> Bytes<'b> {
        Bytes { rest: bytes, good: true }
    }

    /// Nothing has been missing or refused so far.
    pub fn is_good(&self) -> bool {
        self.good
    }

    /// Everything was there and nothing is left.
    pub fn is_spent(&self) -> bool {
        self.good && self.rest.is_empty()
    }

    /// What is not read yet.
    pub fn rest(&self) -> &'b [u8] {
        self.rest
    }

    pub fn refuse(&mut self) {
        self.good = false;
        self.rest = &[];
    }

    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => {
                self.refuse();
                0
            }
        }
    }

    /// Reads a number: seven bits per byte, the lowest first.
    #[inline(never)]
    pub fn number(&mut self) -> u64 {
        let mut number = 0;
        for place in 0..10 {
            let byte = self.byte();
            number |= u64::from(byte & 127) << (7 * place);
            if byte < 128 {
                return number;
            }
        }
        self.refuse();
        0
    }
}

#[inline(never)]
fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while 127 < number {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

macro_rules! numbers {
    ($($of:ty),*) => {$(
        impl Wire for $of {
            fn write(&self, out: &mut Vec<u8>) {
                write_number(u64::from(*self), out);
            }
            fn read(from: &mut Bytes<'_>) -> $of {
                <$of>::try_from(from.number()).unwrap_or_else(|_| {
                    from.refuse();
                    0
                })
            }
        }
    )*};
}
numbers!(u8, u16, u64);

/// Zigzag encoding: numbers near zero take few bytes, whatever their sign.
impl Wire for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        write_number((self << 1 ^ self >> 63) as u64, out);
    }
    fn read(from: &mut Bytes<'_>) -> i64 {
        let number = from.number();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }
}

impl Wire for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
    fn read(from: &mut Bytes<'_>) -> bool {
        match from.byte() {
            0 => false,
            1 => true,
            _ => {
                from.refuse();
                false
            }
        }
    }
}

impl Wire for String {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(self.len() as u64, out);
        out.extend_from_slice(self.as_bytes());
    }
    #[inline(never)]
    fn read(from: &mut Bytes<'_>) -> String {
        let length = usize::try_from(from.number()).unwrap_or(usize::MAX);
        if let Some((text, rest)) = from.rest.split_at_checked(length)
            && let Ok(text) = str::from_utf8(text)
        {
            from.rest = rest;
            return text.to_owned();
        }
        from.refuse();
        String::new()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        write_number(self.len() as u64, out);
        self.iter().for_each(|it| it.write(out));
    }
    fn read(from: &mut Bytes<'_>) -> Vec<T> {
        let mut list = Vec::new();
        let length = from.number();
        if LONGEST < length {
            from.refuse();
            return list;
        }
        for _ in 0..length {
            list.push(T::read(from));
            // an altered length must not fill the memory
            if !from.good {
                break;
            }
        }
        list
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn read(from: &mut Bytes<'_>) -> Option<T> {
        bool::read(from).then(|| T::read(from))
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(from: &mut Bytes<'_>) -> (A, B) {
        (A::read(from), B::read(from))
    }
}

/// A struct, field by field. A struct with a field left out does not compile.
macro_rules! wire_struct {
    ($($name:ident { $($field:tt),* })*) => {$(
        impl $crate::bytes::wire::Wire for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $(self.$field.write(out);)*
            }
            #[inline(never)]
            fn read(from: &mut $crate::bytes::wire::Bytes<'_>) -> $name {
                $name { $($field: $crate::bytes::wire::Wire::read(from)),* }
            }
        }
    )*};
}
pub(crate) use wire_struct;

/// An enum, each variant by the number given here, which must never change.
macro_rules! wire_enum {
    ($($name:ident { $($number:literal $variant:ident { $($field:ident),* })* })*) => {$(
        impl $crate::bytes::wire::Wire for $name {
            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $($name::$variant { $($field),* } => {
                        out.push($number);
                        $($field.write(out);)*
                    })*
                }
            }
            #[inline(never)]
            fn read(from: &mut $crate::bytes::wire::Bytes<'_>) -> $name {
                match from.byte() {
                    $($number => $name::$variant { $($field: $crate::bytes::wire::Wire::read(from)),* },)*
                    _ => {
                        from.refuse();
                        // some value must be returned: the first variant
                        wire_enum!(@first $name from $($variant { $($field),* })*)
                    }
                }
            }
        }
    )*};
    (@first $name:ident $from:ident $variant:ident { $($field:ident),* } $($rest:tt)*) => {
        $name::$variant { $($field: $crate::bytes::wire::Wire::read($from)),* }
    };
}
pub(crate) use wire_enum;
