//! 排序: one sort for all types. The library's is copied into the program for each type that is sorted: 54 KB of the module
//! of several records before it is compressed, where this is one.
//!
//! The work is done on positions, behind calls that know no type; what is copied for a type is the comparison and a swap.

use std::cmp::Ordering;

/// Puts a list in order. Equal ones stay as they stand.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// Puts a list in the order of what is worked out from each, again for every comparison.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Puts a list in an order. Equal ones stay as they stand.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = order(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// As [`sort_by_key`], for what takes long to work out: once for each.
pub fn sort_by_cached_key<T, K: Ord>(list: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = list.iter().map(key).collect();
    let order = order(list.len(), &mut |a, b| keys[a].cmp(&keys[b]));
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// The positions of so many things, in order: a merge from the bottom up.
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
                // of equal ones the left comes first
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

/// Brings what stands at `order[at]` to `at`, circle by circle.
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
        /// Few keys for many things, so that many are equal.
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

        /// An order that is none still loses nothing and ends.
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
