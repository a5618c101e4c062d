//! 排序: one sort for all types. The standard library's is compiled again for every type that is sorted: that was 54
//! KB, uncompressed, in the WASM module that shows several records. This one is compiled once.
//!
//! The work is done on positions, in functions without type parameters; only a comparison and a swap are compiled for
//! each type.

use std::cmp::Ordering;

/// Sorts a list. Equal elements keep their order.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Sorts a list by a key, which is worked out again for every comparison. Equal elements keep their order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts a list by a comparison. Equal elements keep their order.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = order(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// As [`sort_by_key`], for keys that take long to work out: each is worked out once.
pub fn sort_by_cached_key<T, K: Ord>(list: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = list.iter().map(key).collect();
    let order = order(list.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// The positions from 0 to `n` - 1, sorted: a merge sort from the bottom up.
#[inline(never)]
pub fn order(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut merged = Vec::with_capacity(n);
    let mut width = 1;
    while width < n {
        let mut start = 0;
        while start < n {
            let (middle, end) = (n.min(start + width), n.min(start + 2 * width));
            let (mut left, mut right) = (start, middle);
            while left < middle && right < end {
                // of two equal elements the left one comes first
                let from = if compare(order[right], order[left]) == Ordering::Less { &mut right } else { &mut left };
                merged.push(order[*from]);
                *from += 1;
            }
            merged.extend_from_slice(&order[left..middle]);
            merged.extend_from_slice(&order[right..end]);
            start = end;
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order
}

/// Moves the element at position `order[at]` to position `at`, one cycle of the permutation after the other.
#[inline(never)]
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Few different keys for many elements, so that many are equal.
        #[test]
        fn a_list_is_put_in_the_order_of_the_library(mut list in prop::collection::vec((0_u8..6, any::<u16>()), 0..70)) {
            let mut expected = list.clone();
            expected.sort_by_key(|it| it.0);
            sort_by_key(&mut list, |it| it.0);
            prop_assert_eq!(&list, &expected);
            sort_by_cached_key(&mut list, |it| it.0);
            prop_assert_eq!(&list, &expected);
            expected.sort();
            sort(&mut list);
            prop_assert_eq!(&list, &expected);
            expected.sort_by_key(|it| std::cmp::Reverse(it.1));
            sort_by(&mut list, |a, b| b.1.cmp(&a.1));
            prop_assert_eq!(&list, &expected);
        }

        /// Where the comparison contradicts itself, the sort still ends and loses no element.
        #[test]
        fn nothing_is_lost_whatever_the_comparison_says(n in 0_usize..40, says in prop::collection::vec(0_u8..3, 1..9)) {
            let mut turns = says.iter().cycle();
            let mut list: Vec<usize> = (0..n).collect();
            sort_by(&mut list, |_, _| match turns.next() {
                Some(0) => Ordering::Less,
                Some(1) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            list.sort_unstable();
            prop_assert_eq!(list, (0..n).collect::<Vec<_>>());
        }
    }
}
