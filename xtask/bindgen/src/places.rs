//! Takes out of a linked module where in the source a panic would be: the names of files, with lines and columns. Nobody
//! reads them, as `panics` says, yet code that never says them still leads to them: 800 in the site as one file, 4 KB of it.

use anyhow::{Context, Result};
use wasmparser::{DataKind, Operator, Parser, Payload};

/// A `core::panic::Location`: where the name of the file is, how long, line and column.
const PLACE: usize = 16;
/// No name is longer, no file has more lines, no line more columns.
const MOST: [usize; 3] = [200, 20_000, 400];

/// Some bytes of the memory, and where in the module they are.
struct Stretch {
    address: usize,
    at: usize,
    length: usize,
}

/// The linked module, in which they are zeros: everything stays where it is.
pub fn without(mut linked: Vec<u8>) -> Result<Vec<u8>> {
    let stretches = stretches(&linked)?;
    let mut zeros = Vec::new();
    for it in &stretches {
        let first = it.address.next_multiple_of(4) - it.address;
        for at in (first..it.length).step_by(4).take_while(|at| at + PLACE <= it.length).map(|at| it.at + at) {
            let [address, length, line, column] = [0, 4, 8, 12].map(|word| four(&linked[at + word..]));
            if length <= MOST[0] && (1..=MOST[1]).contains(&line) && (1..=MOST[2]).contains(&column) {
                let name = stretches.iter().find_map(|it| it.of(address, length));
                if let Some(name) = name.filter(|it| linked[it.clone()].ends_with(b".rs")) {
                    zeros.extend([name, at..at + PLACE]);
                }
            }
        }
    }
    for range in zeros {
        linked[range].fill(0);
    }
    Ok(linked)
}

impl Stretch {
    /// Where in the module these bytes of the memory are.
    fn of(&self, address: usize, length: usize) -> Option<std::ops::Range<usize>> {
        let from = address.checked_sub(self.address).filter(|it| it + length <= self.length)?;
        Some(self.at + from..self.at + from + length)
    }
}

fn four(bytes: &[u8]) -> usize {
    bytes.iter().take(4).rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

fn stretches(linked: &[u8]) -> Result<Vec<Stretch>> {
    let mut stretches = Vec::new();
    for payload in Parser::new(0).parse_all(linked) {
        let Payload::DataSection(section) = payload? else { continue };
        for data in section {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = data.kind else { continue };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { continue };
            let at = data.data.as_ptr() as usize - linked.as_ptr() as usize;
            let address = usize::try_from(value).context("data at an address below 0")?;
            stretches.push(Stretch { address, at, length: data.data.len() });
        }
    }
    Ok(stretches)
}
