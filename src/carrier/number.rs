//! One large number whose digits have a base each, and within it a weight for each digit: likely values take little
//! space. Ten equally likely states of a row take log₂ 10 bits and not four; a state with a weight of seven in eight
//! takes a fifth of a bit.
//!
//! A digit of weight w from base b takes the number n to n / w · b + its place + n mod w, which can be undone exactly.
//! The first digit is added last, so that it is the first to be taken off.

/// Digits to be written.
#[derive(Default)]
pub struct Digits(Vec<Digit>);

struct Digit {
    place: u32,
    weight: u32,
    base: u32,
}

impl Digits {
    /// Adds one of `base` equally likely digits, counted from 0.
    pub fn push(&mut self, digit: u32, base: u32) {
        debug_assert!(digit < base, "{digit} is no digit of base {base}");
        self.0.push(Digit { place: digit, weight: 1, base });
    }

    /// Adds the digit at position `at` among digits with these weights.
    pub fn push_weighed(&mut self, at: usize, weights: &[u32]) {
        debug_assert!(weights.get(at).is_some_and(|it| 0 < *it), "{at} has no weight in {weights:?}");
        self.0.push(Digit { place: weights[..at].iter().sum(), weight: weights[at], base: weights.iter().sum() });
    }

    /// About how many bits the digits take, in sixteenths of a bit.
    pub fn cost(&self) -> u32 {
        let bits = |number: u32| {
            let whole = number.max(1).ilog2();
            // between two powers of two a straight line is close enough to the logarithm
            whole * 16 + ((u64::from(number.max(1)) << 4 >> whole) as u32 - 16)
        };
        self.0.iter().map(|it| bits(it.base) - bits(it.weight)).sum()
    }

    pub fn append(&mut self, mut others: Digits) {
        self.0.append(&mut others.0);
    }

    /// The number, lowest byte first, without zeros at its end.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut number = Limbs(Vec::new());
        for Digit { place, weight, base } in self.0.into_iter().rev() {
            let rest = number.divide(weight);
            number.multiply_add(base, place + rest);
        }
        let mut bytes: Vec<u8> = number.0.iter().flat_map(|it| it.to_le_bytes()).collect();
        while bytes.last() == Some(&0) {
            bytes.pop();
        }
        bytes
    }
}

/// A number from which the digits are taken in the order in which they were written. Limbs of 32 bits, lowest first.
pub struct Limbs(Vec<u32>);

impl Limbs {
    pub fn from_bytes(bytes: &[u8]) -> Limbs {
        let limb = |it: &[u8]| it.iter().rev().fold(0_u32, |limb, byte| limb << 8 | u32::from(*byte));
        let mut limbs: Vec<u32> = bytes.chunks(4).map(limb).collect();
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Limbs(limbs)
    }

    /// Takes the next digit, one of `base` equally likely ones.
    pub fn take(&mut self, base: u32) -> u32 {
        self.divide(base)
    }

    /// Takes the next digit, as its position among these weights.
    pub fn take_weighed(&mut self, weights: &[u32]) -> usize {
        let mut rest = self.divide(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if rest < *weight {
                self.multiply_add(*weight, rest);
                return at;
            }
            rest -= weight;
        }
        0
    }

    /// Nothing is left: any further digit would be 0.
    pub fn is_spent(&self) -> bool {
        self.0.is_empty()
    }

    /// Divides the number; returns the remainder.
    fn divide(&mut self, by: u32) -> u32 {
        let by = u64::from(by.max(1));
        let mut rest = 0_u64;
        for limb in self.0.iter_mut().rev() {
            let dividend = rest << 32 | u64::from(*limb);
            *limb = (dividend / by) as u32;
            rest = dividend % by;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        rest as u32
    }

    fn multiply_add(&mut self, by: u32, add: u32) {
        let mut carry = u64::from(add);
        for limb in &mut self.0 {
            let product = u64::from(*limb) * u64::from(by) + carry;
            *limb = product as u32;
            carry = product >> 32;
        }
        if 0 < carry {
            self.0.push(carry as u32);
        }
    }
}
